"""The questions a client may ask."""

import strawberry

from graph.terms import Permission
from resolvers import (
    account_list,
    change,
    comparison,
    connections,
    issue,
    nodes,
    participation,
    party_search,
    query,
    reachable,
    reassignment,
    reference,
    risk,
    search,
    staff,
    strategy,
)
from schema.account import Account, AccountConnection
from schema.bounds import bounded
from schema.caseload import ReassignmentSimulation
from schema.change import ChangeConnection
from schema.entity import Node, Term
from schema.fields import resolved_by
from schema.identifier import FilerCode, ImporterNumber
from schema.isa import IsaParticipationConnection
from schema.issue import IssueConnection
from schema.party import Party, PartyConnection
from schema.path import PathAnswer
from schema.risk import RiskPolicy, WhatIf
from schema.search import SearchConnection
from schema.segment import RiskSegment
from schema.staff import AccountManager, AccountManagerConnection, Center, Discipline
from schema.strategy import Strategy
from schema.tariff import HtsChapter, Port
from schema.traversal import Comparison
from schema.viewer import Viewer
from schema.walk import Neighborhood, ReachableConnection

CONVENTIONS = "\n\n".join(
    [
        ("The account graph of the CBP Account Management Program, read."),
        (
            "Identity. `id` is opaque, stable across reloads, made of business keys, and finds "
            "its object again through `node`. It never holds an importer number. Below a "
            "`moment` given, ids carry that moment: caches keep the versions of a thing apart, "
            "`node` reads it at that moment again, and `key` is what all versions share. "
            "Arguments and inputs take either."
        ),
        (
            "Time. Two clocks: valid time (when a fact holds, `asOf`) and record time (when we "
            "knew it, `knownAt`). They are given once, as `moment`, at the field where a query "
            "enters the graph; everything below is read at that moment. Validity intervals are "
            "half-open: `validFrom` belongs, `validTo` does not."
        ),
        (
            "Pages. Connections take `first` and `after`, or `last` and `before`; sizes run "
            "from 1 to 100, 20 if not given, beyond is an error. Cursors are keyset cursors, "
            "bound to their filter and order. Plain lists are short by nature or take a "
            "`limit`."
        ),
        (
            "Honesty. Every answer computed by walking the graph is a `Traversal`: it says "
            "whether it is complete, at which moment it holds, and how to reproduce it. "
            "Unknown, undisclosed, truncated and forbidden are four different answers, and none "
            "of them is an empty list."
        ),
        (
            "Nulls. An entry field answers null for what does not exist and for what the caller "
            "may not see, alike. Fields under `@needs` are nullable."
        ),
        (
            "Errors. Top-level errors carry `extensions.code`: BAD_REQUEST, "
            "GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, BAD_USER_INPUT, CURSOR_INVALID, "
            "CURSOR_EXPIRED, UNAUTHENTICATED, FORBIDDEN, LIMIT_EXCEEDED, COST_EXCEEDED, "
            "RATE_LIMITED, TIMED_OUT, UNAVAILABLE, INTERNAL_SERVER_ERROR. Messages never repeat "
            "an importer number. Refused writes are not errors but `userErrors`."
        ),
        (
            "Cost. `extensions.cost` tells `requested`, `actual` and what is left; page sizes "
            "multiply what is below them."
        ),
    ]
)


@strawberry.type(description=CONVENTIONS)
class Query:
    node: Node | None = resolved_by(
        nodes.node, "Any object by its global id; null if there is none that the caller may see."
    )
    nodes: list[Node | None] = resolved_by(
        nodes.nodes,
        ("Objects by global id, in the order asked, null where there is none; at most 100."),
    )
    viewer: Viewer = resolved_by(
        query.viewer, "Who is asking: name, permissions, own saved views, webhooks and jobs."
    )
    account: Account | None = resolved_by(
        query.account,
        (
            "The account with this id, or the one that an importer number or a filer "
            "code identifies at the moment."
        ),
    )
    accounts: AccountConnection = resolved_by(
        account_list.accounts, "Accounts, filtered and ordered."
    )
    importer_number: ImporterNumber | None = resolved_by(
        query.importer_number,
        "An official importer number (importer of record number, CBP Form 5106).",
    )
    filer_code: FilerCode | None = resolved_by(
        query.filer_code, "An entry filer code; the program's text calls it a declarant code."
    )
    party: Party | None = resolved_by(
        query.party, "An organization, a person or an unspecified party."
    )
    parties: PartyConnection = resolved_by(party_search.parties, "Parties by name.")
    account_manager: AccountManager | None = resolved_by(
        query.account_manager, "An account manager."
    )
    center: Center | None = resolved_by(
        query.center, "One of the ten Centers of Excellence and Expertise."
    )
    account_managers: AccountManagerConnection = resolved_by(
        staff.account_managers, "Account managers by name."
    )
    discipline: Discipline | None = resolved_by(
        reference.discipline, "A discipline of CBP that interacts with accounts."
    )
    disciplines: list[Discipline] = resolved_by(
        reference.disciplines, "The disciplines of CBP that interact with accounts, by name."
    )
    hts_chapter: HtsChapter | None = resolved_by(
        reference.hts_chapter, "A chapter of the Harmonized Tariff Schedule of the United States."
    )
    isa_participations: IsaParticipationConnection = resolved_by(
        participation.participations,
        (
            "Participations in Importer Self-Assessment (ISA; since 2020 CTPAT Trade "
            "Compliance), longest pending first, then by account name."
        ),
    )
    issues: IssueConnection = resolved_by(issue.issues, "Issues to resolve, soonest due first.")
    what_if: WhatIf | None = resolved_by(
        risk.what_if,
        (
            "What a scenario would change: the risk, before and after, of everything whose score "
            "it moves, largest move first. Nothing is written."
        ),
        needs=Permission.READ_RISK,
        cost=50,
    )
    simulate_reassignment: ReassignmentSimulation | None = resolved_by(
        reassignment.simulate,
        "What reassigning accounts would do to caseloads, Centers and rules. Nothing is written.",
        needs=Permission.WRITE_ASSIGNMENTS,
        cost=25,
    )
    comparison: Comparison = resolved_by(
        comparison.comparison,
        bounded(
            "comparison",
            "The net difference between two moments around one thing: relationships begun, ended "
            "and changed, and its risk.",
        ),
        cost=25,
    )
    risk_policies: list[RiskPolicy] = resolved_by(
        risk.policies,
        (
            "Every version of every risk policy, newest first; the first one in force is the "
            "default of all risk answers."
        ),
    )
    risk_segments: list[RiskSegment] = resolved_by(
        account_list.segments, "The risk segments in force at the moment, by precedence."
    )
    strategies: list[Strategy] = resolved_by(
        strategy.strategies, "Strategies to manage and segment risk, soonest review first."
    )
    port: Port | None = resolved_by(reference.port, "A CBP port.")
    vocabulary: list[Term] = resolved_by(
        reference.vocabulary,
        ("The terms of an open vocabulary, by code. Closed vocabularies are enums of this schema."),
    )
    centers: list[Center] = resolved_by(
        query.centers, "The ten Centers of Excellence and Expertise, by code."
    )
    search: SearchConnection = resolved_by(
        search.search,
        (
            "Accounts, identifiers, parties, staff, issues and the rest by text, best first. "
            "Importer numbers are found only whole; SSN-type ones are not searched."
        ),
        cost=5,
    )
    shortest_paths: PathAnswer = resolved_by(
        connections.shortest_paths,
        bounded(
            "shortestPaths",
            "How two things are connected: the shortest paths between them, all of equal length, "
            "or with `longer` also the next longer ones.",
        ),
        cost=25,
    )
    reachable: ReachableConnection = resolved_by(
        reachable.reachable,
        bounded(
            "reachable",
            "What can be reached from here, nearest first, each with one shortest path.",
        ),
        cost=25,
    )
    neighborhood: Neighborhood = resolved_by(
        connections.neighborhood,
        bounded(
            "neighborhood",
            "A part of the graph to draw: things and the relationships among them, with counts of "
            "what is not shown.",
        ),
        cost=25,
    )
    changes: ChangeConnection = resolved_by(
        change.log,
        (
            "The change log, oldest first: what was recorded, by whom and why. The same cursors "
            "continue the subscription, the event stream and webhooks."
        ),
    )
