"""Accounts: importers and customs brokers."""

from datetime import date
from typing import Annotated

import strawberry

from graph import records
from graph.terms import Permission
from resolvers import (
    account,
    account_list,
    caseload,
    center_change,
    change,
    issue,
    performance,
    strategy,
)
from schema.caseload import AgendaItem
from schema.center_change import CenterChangeRequest
from schema.center_evidence import CenterExplanation
from schema.change import ChangeConnection
from schema.contact import PointOfContact
from schema.entity import PageInfo, RiskSubject, TotalCount
from schema.fields import made_of, resolved_by
from schema.identifier import FilerCodeConnection, ImporterNumberConnection
from schema.isa import IsaParticipation
from schema.issue import IssueConnection
from schema.party import Party, PartyConnection
from schema.performance import AccountPerformance
from schema.relationship import Relationship
from schema.segment import RiskSegment
from schema.staff import (
    AccountManager,
    AccountManagerConnection,
    Center,
    SpecialistConnection,
)
from schema.strategy import Strategy
from schema.terms import AccountStatus, CenterEligibility
from schema.warning import Warning


@strawberry.interface(
    description=(
        "An account: an importer or a customs broker, defined by one importer "
        "number, a group of them, or one or more filer codes."
    )
)
class Account(RiskSubject):
    name: str = strawberry.field(description="Name.")
    status: AccountStatus = strawberry.field(description="Where it stands in its life.")
    national: bool = strawberry.field(
        description=(
            "Whether it is selected for a national account manager: a major importer or broker."
        )
    )
    opened_on: date = strawberry.field(description="First day.")
    closed_on: date | None = strawberry.field(
        description="Day it was closed; null while it is not."
    )
    importer_numbers: ImporterNumberConnection = resolved_by(
        account.importer_numbers,
        (
            "Importer numbers that identify it, by display text; the edge's "
            "relationship tells since and until when."
        ),
    )
    filer_codes: FilerCodeConnection = resolved_by(
        account.filer_codes,
        (
            "Filer codes that identify it, by code; the edge's relationship tells since "
            "and until when."
        ),
    )
    holders: PartyConnection = resolved_by(
        account.holders, "Parties that hold those numbers and codes, by name."
    )
    principal: Party | None = resolved_by(
        account.principal, "The holder of most of them: who the business is."
    )
    point_of_contact: PointOfContact = resolved_by(
        account.point_of_contact,
        (
            "Whom to turn to about the account, from outside CBP or from within; for a "
            "discipline, its specialist on the team if there is one."
        ),
    )
    team: SpecialistConnection = resolved_by(
        account.team,
        (
            "Specialists of other disciplines who serve it, by discipline; the edge's "
            "relationship tells the topic."
        ),
    )
    primary_manager: AccountManager | None = resolved_by(
        account.primary_manager, "First point of contact."
    )
    managers: AccountManagerConnection = resolved_by(
        account.managers,
        ("Managers, primary first; the edge's relationship tells role, reason and dates."),
    )
    center: Center | None = resolved_by(
        account.center, "The Center that processes its entry summaries nationwide."
    )
    center_assignment: Relationship | None = resolved_by(
        account.center_assignment, "The assignment to that Center, with basis, dates and source."
    )
    warnings: list[Warning] = resolved_by(
        account.warnings,
        "What wants attention, among what the caller's permissions let them know.",
    )
    center_eligibility: CenterEligibility = resolved_by(
        account.center_eligibility, "Whether it belongs to a Center."
    )
    center_change_requests: list[CenterChangeRequest] = resolved_by(
        center_change.of_account, "Requests for another Center, newest first."
    )
    isa_participation: IsaParticipation | None = resolved_by(
        account.isa_participation,
        "Its participation in ISA: the present or last one; null if there never was one.",
    )
    center_explanation: CenterExplanation | None = resolved_by(
        performance.center_explanation,
        "Why this Center: the assignment beside what the tariff volumes say.",
        needs=Permission.READ_PERFORMANCE,
        cost=5,
    )
    performance: AccountPerformance | None = resolved_by(
        performance.performance,
        "Its performance over some time.",
        needs=Permission.READ_PERFORMANCE,
        cost=5,
    )
    segment: RiskSegment | None = resolved_by(
        account_list.segment, "The risk segment it is in.", needs=Permission.READ_RISK
    )
    issues: IssueConnection = resolved_by(issue.of_account, "Issues, soonest due first.")
    agenda: list[AgendaItem] = resolved_by(caseload.agenda, "What is due for it, soonest first.")
    strategies: list[Strategy] = resolved_by(
        strategy.of_account, "Strategies that concern it, soonest review first."
    )
    changes: ChangeConnection = resolved_by(
        change.of_account, "Its history: the change log of the account, oldest first."
    )
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )


@strawberry.type(description="An importer's account: at least one importer number.")
class ImporterAccount(Account):
    brokers: Annotated["AccountConnection", strawberry.lazy("schema.account")] = resolved_by(
        account.brokers,
        (
            "Broker accounts with a power of attorney from it; the edge's relationship "
            "tells scope and dates."
        ),
    )

    is_type_of = made_of(records.ImporterAccount)


@strawberry.type(description="A customs broker's account: at least one filer code.")
class BrokerAccount(Account):
    clients: Annotated["AccountConnection", strawberry.lazy("schema.account")] = resolved_by(
        account.clients,
        (
            "Importer accounts that gave it a power of attorney; the edge's relationship "
            "tells scope and dates."
        ),
    )
    license_number: str | None = strawberry.field(
        description="Customs broker licence number (19 CFR 111), digits; null if not recorded."
    )

    is_type_of = made_of(records.BrokerAccount)


@strawberry.type(description="One of a AccountConnection.")
class AccountEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Account = strawberry.field(description="What stands here.")
    relationship: Relationship | None = strawberry.field(
        description="The relationship followed, with its role, basis, scope, dates and source."
    )


@strawberry.type(
    description=(
        "Accounts. An edge's relationship is the one the list follows; it is null "
        "in lists that follow none."
    )
)
class AccountConnection:
    edges: list[AccountEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Account] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")
