"""The per-operation context every resolver receives."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import strawberry
from strawberry.dataloader import DataLoader

from graph import (
    account_lists,
    accounts,
    agenda,
    caseloads,
    changes,
    desk,
    entities,
    issues,
    lists,
    participations,
    peers,
    performance,
    policy,
    records,
    requests,
    risk_scores,
    staff,
    tariff,
    warnings,
)
from graph.identifiers import IdentifierKey
from graph.issues import Link
from graph.lists import Found, Question, Wanted
from graph.paging import Seal
from graph.peers import Metrics
from graph.policy import Viewer
from graph.records.moment import Moment
from graph.requests import States
from graph.risk_scores import Scores
from graph.session import Graph

Group = TypeVar("Group", bound=Hashable)
Value = TypeVar("Value")
Key = tuple[str, Group]
NOTHING = Found([], 0)


def grouped(
    load: Callable[[Group, list[str]], Awaitable[Sequence[Value]]],
) -> DataLoader[tuple[str, Group], Value]:
    """A loader of `(key, group)` pairs that asks once for each group, all groups side by side."""

    async def load_all(pairs: list[tuple[str, Group]]) -> list[Value]:
        groups: defaultdict[Group, list[str]] = defaultdict(list)
        for key, group in pairs:
            groups[group].append(key)
        answers = await asyncio.gather(*(load(group, keys) for group, keys in groups.items()))
        found = {
            (key, group): value
            for (group, keys), values in zip(groups.items(), answers, strict=True)
            for key, value in zip(keys, values, strict=True)
        }
        return [found[pair] for pair in pairs]

    return DataLoader(load_fn=load_all)


@dataclass(slots=True)
class Context:
    """One operation's graph, viewer, moment and loaders; never shared between operations.

    `viewer` is None for who is not signed in: every question then is refused.
    """

    graph: Graph
    viewer: Viewer | None
    seal: Seal
    key: IdentifierKey
    now: Moment = field(init=False)
    entities: DataLoader[tuple[str, Moment], records.Entity | None] = field(init=False)
    accounts: DataLoader[tuple[str, tuple[Moment, frozenset[str]]], records.Account | None] = field(
        init=False
    )
    degrees: DataLoader[tuple[str, Moment], list[records.Degree]] = field(init=False)
    warnings: DataLoader[tuple[str, Moment], list[records.Warning]] = field(init=False)
    claims: DataLoader[tuple[str, Moment], records.Relationship | None] = field(init=False)
    changes: DataLoader[int, records.Change | None] = field(init=False)
    deliveries: DataLoader[tuple[str, tuple[bool | None, int]], list[records.WebhookDelivery]] = (
        field(init=False)
    )
    scopes: DataLoader[tuple[str, Moment], list[records.CenterScope]] = field(init=False)
    headings: DataLoader[str, list[str]] = field(init=False)
    requests: DataLoader[tuple[str, Moment], records.CenterChangeRequest | None] = field(init=False)
    requests_of_accounts: DataLoader[
        tuple[str, tuple[Moment, int]], list[records.CenterChangeRequest]
    ] = field(init=False)
    requests_of_centers: DataLoader[
        tuple[str, tuple[Moment, tuple[States, int]]], list[records.CenterChangeRequest]
    ] = field(init=False)
    links: DataLoader[tuple[str, Moment], list[Link]] = field(init=False)
    notifications: DataLoader[tuple[str, tuple[Moment, int]], list[records.AnnualNotification]] = (
        field(init=False)
    )
    segments: DataLoader[tuple[str, Moment], records.RiskSegment | None] = field(init=False)
    scores: DataLoader[Moment, Scores] = field(init=False)
    in_force: DataLoader[Moment, list[records.RiskSegment]] = field(init=False)
    caseloads: DataLoader[tuple[str, tuple[Moment, frozenset[str]]], records.Caseload] = field(
        init=False
    )
    agendas: DataLoader[tuple[str, agenda.Wanted], list[records.AgendaItem]] = field(init=False)
    performances: DataLoader[
        tuple[str, tuple[Moment, performance.Over]], records.AccountPerformance | None
    ] = field(init=False)
    peers: DataLoader[tuple[str, tuple[Moment, date, date]], list[Metrics]] = field(init=False)
    terms: DataLoader[str, records.Term | None] = field(init=False)
    questions: dict[str, Question] = field(init=False)
    pages: DataLoader[tuple[str, Wanted], Found] = field(init=False)

    def __post_init__(self) -> None:
        """Start the operation: its instant, and loaders that have read nothing yet."""
        self.now = Moment.now()
        self.questions = {}
        self.entities = grouped(
            lambda moment, keys: entities.entities(self.graph, self.asking, moment, keys)
        )
        self.accounts = grouped(
            lambda at, keys: accounts.accounts(self.graph, self.asking, *at, keys)
        )
        self.degrees = grouped(
            lambda moment, keys: entities.degrees(self.graph, self.asking, moment, keys)
        )
        self.warnings = grouped(
            lambda moment, keys: warnings.warnings(self.graph, self.asking, moment, keys)
        )
        self.claims = grouped(
            lambda moment, ids: entities.claims(self.graph, self.asking, moment, ids)
        )
        self.changes = DataLoader(
            load_fn=lambda sequences: changes.changes(self.graph, self.asking, sequences)
        )
        self.deliveries = grouped(
            lambda wanted, keys: desk.deliveries(self.graph, self.asking, *wanted, keys)
        )
        self.scopes = grouped(
            lambda moment, keys: tariff.scopes(self.graph, self.asking, moment, keys)
        )
        self.requests = grouped(
            lambda moment, keys: requests.requests(self.graph, self.asking, moment, keys)
        )
        self.requests_of_accounts = grouped(
            lambda wanted, keys: requests.of_accounts(self.graph, self.asking, *wanted, keys)
        )
        self.requests_of_centers = grouped(
            lambda wanted, keys: requests.of_centers(self.graph, self.asking, *wanted, keys)
        )
        self.links = grouped(
            lambda moment, keys: issues.links(self.graph, self.asking, moment, keys)
        )
        self.notifications = grouped(
            lambda wanted, keys: participations.notifications(
                self.graph, self.asking, *wanted, keys
            )
        )
        self.segments = grouped(
            lambda moment, keys: account_lists.segments_of(self.graph, self.asking, moment, keys)
        )
        self.scores = DataLoader(load_fn=self._scores)
        self.in_force = DataLoader(load_fn=self._in_force)
        self.caseloads = grouped(
            lambda wanted, keys: caseloads.caseloads(self.graph, self.asking, *wanted, keys)
        )
        self.agendas = grouped(
            lambda wanted, keys: agenda.agenda(self.graph, self.asking, wanted, keys)
        )
        self.performances = grouped(
            lambda wanted, keys: performance.performances(self.graph, self.asking, *wanted, keys)
        )
        self.peers = grouped(
            lambda wanted, keys: peers.all_peers(self.graph, self.asking, *wanted, keys)
        )
        self.terms = DataLoader(load_fn=lambda keys: staff.terms(self.graph, keys))
        self.headings = DataLoader(load_fn=lambda codes: tariff.headings(self.graph, codes))
        self.pages = grouped(self._pages)

    @property
    def asking(self) -> Viewer:
        """The viewer. Raises Unauthenticated if nobody is signed in."""
        return policy.admit(self.viewer)

    async def _in_force(self, moments: list[Moment]) -> list[list[records.RiskSegment]]:
        return [await account_lists.segments(self.graph, self.asking, each) for each in moments]

    async def _scores(self, moments: list[Moment]) -> list[Scores]:
        return [await risk_scores.scores(self.graph, self.asking, each) for each in moments]

    async def _pages(self, wanted: Wanted, keys: list[str]) -> list[Found]:
        question = self.questions[wanted.question]
        found = await lists.lists(self.graph, self.asking, question, wanted, keys)
        return [found.get(key, NOTHING) for key in keys]

    async def page(self, question: Question, key: str, wanted: Wanted) -> Found:
        """One window of the list of one thing; all things that ask alike are asked together."""
        self.questions[question.name] = question
        return await self.pages.load((key, wanted))


Info = strawberry.Info[Context, None]
