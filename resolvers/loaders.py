"""Loaders of one operation: what many fields ask for is asked together; made when first used."""

from datetime import date
from functools import cached_property

from strawberry.dataloader import DataLoader

from graph import (
    account_lists,
    accounts,
    agenda,
    belonging,
    caseloads,
    changes,
    desk,
    entities,
    issues,
    membership,
    participations,
    peers,
    performance,
    policy,
    records,
    requests,
    segments,
    staff,
    tariff,
    warnings,
)
from graph.account_lists import Listing
from graph.agenda import Wanted as Due
from graph.belonging import Belonging
from graph.conditions import Condition
from graph.issues import Link
from graph.lists import Found
from graph.peers import Metrics
from graph.performance import Over
from graph.policy import Viewer
from graph.records.moment import Moment
from graph.requests import States
from graph.session import Graph
from resolvers.batches import Shared, Things, by_group, grouped

Parts = tuple[Moment, frozenset[str]]


class Loaders:
    """What a context loads in batches; graph and viewer are the context's own."""

    graph: Graph
    viewer: Viewer | None

    @property
    def asking(self) -> Viewer:
        """The viewer, who asks about accounts in reach. Raises Unauthenticated or Forbidden."""
        return policy.reaching(self.viewer)

    @property
    def known(self) -> Viewer:
        """The viewer, who asks for public facts only. Raises Unauthenticated."""
        return policy.known(self.viewer)

    @cached_property
    def entities(self) -> Things:
        """Things by stored key."""
        return Things(
            by_group(lambda moment, keys: entities.entities(self.graph, self.asking, moment, keys))
        )

    @cached_property
    def public(self) -> Things:
        """Public things by stored key."""
        return Things(
            by_group(lambda moment, keys: entities.public(self.graph, self.known, moment, keys))
        )

    @cached_property
    def accounts(self) -> DataLoader[tuple[str, Parts], records.Account | None]:
        """Accounts with the lists that are selected below."""
        return grouped(lambda at, keys: accounts.accounts(self.graph, self.asking, *at, keys))

    @cached_property
    def numbered(self) -> DataLoader[tuple[str, Parts], records.Entity | None]:
        """Importer numbers by look-up key, with the account each identifies."""
        return grouped(lambda at, keys: accounts.numbered(self.graph, self.asking, *at, keys))

    @cached_property
    def filed(self) -> DataLoader[tuple[str, Parts], records.Entity | None]:
        """Filer codes, with the account each identifies."""
        return grouped(lambda at, codes: accounts.filed(self.graph, self.asking, *at, codes))

    @cached_property
    def degrees(self) -> DataLoader[tuple[str, Moment], list[records.Degree]]:
        """How many relationships a thing has."""
        return grouped(lambda moment, keys: entities.degrees(self.graph, self.asking, moment, keys))

    @cached_property
    def warnings(self) -> DataLoader[tuple[str, Moment], list[records.Warning]]:
        """What wants attention about an account."""
        return grouped(
            lambda moment, keys: warnings.warnings(self.graph, self.asking, moment, keys)
        )

    @cached_property
    def claims(self) -> DataLoader[tuple[str, Moment], records.Relationship | None]:
        """Relationships by the id of a version."""
        return grouped(lambda moment, ids: entities.claims(self.graph, self.asking, moment, ids))

    @cached_property
    def changes(self) -> DataLoader[int, records.Change | None]:
        """Entries of the change log by their number."""
        return Shared(load_fn=lambda sequences: changes.changes(self.graph, self.asking, sequences))

    @cached_property
    def deliveries(
        self,
    ) -> DataLoader[tuple[str, tuple[bool | None, int]], list[records.WebhookDelivery]]:
        """What was sent to a webhook."""
        return grouped(lambda wanted, keys: desk.deliveries(self.graph, self.asking, *wanted, keys))

    @cached_property
    def scopes(self) -> DataLoader[tuple[str, Moment], list[records.CenterScope]]:
        """Tariff ranges of a Center or a chapter."""
        return grouped(lambda moment, keys: tariff.scopes(self.graph, self.known, moment, keys))

    @cached_property
    def requests(self) -> DataLoader[tuple[str, Moment], records.CenterChangeRequest | None]:
        """Requests for another Center by key."""
        return grouped(
            lambda moment, keys: requests.requests(self.graph, self.asking, moment, keys)
        )

    @cached_property
    def requests_of_accounts(
        self,
    ) -> DataLoader[tuple[str, tuple[Moment, int]], list[records.CenterChangeRequest]]:
        """Requests for another Center of an account."""
        return grouped(
            lambda wanted, keys: requests.of_accounts(self.graph, self.asking, *wanted, keys)
        )

    @cached_property
    def requests_of_centers(
        self,
    ) -> DataLoader[
        tuple[str, tuple[Moment, tuple[States, int]]], list[records.CenterChangeRequest]
    ]:
        """Requests to or from a Center."""
        return grouped(
            lambda wanted, keys: requests.of_centers(self.graph, self.asking, *wanted, keys)
        )

    @cached_property
    def links(self) -> DataLoader[tuple[str, Moment], list[Link]]:
        """What an issue, a strategy, a participation or a flag is about."""
        return grouped(lambda moment, keys: issues.links(self.graph, self.asking, moment, keys))

    @cached_property
    def notifications(
        self,
    ) -> DataLoader[tuple[str, tuple[Moment, int]], list[records.AnnualNotification]]:
        """Annual notifications of a participation."""
        return grouped(
            lambda wanted, keys: participations.notifications(
                self.graph, self.asking, *wanted, keys
            )
        )

    @cached_property
    def segments(self) -> DataLoader[tuple[str, Moment], records.RiskSegment | None]:
        """The risk segment an account is in."""
        return grouped(
            lambda moment, keys: membership.segments_of(self.graph, self.asking, moment, keys)
        )

    @cached_property
    def members(self) -> DataLoader[tuple[str, Moment], Condition]:
        """Being in a segment, as a condition."""
        return grouped(
            lambda moment, keys: membership.members(self.graph, self.asking, moment, keys)
        )

    @cached_property
    def listings(self) -> DataLoader[Listing, tuple[Found, records.TotalCount]]:
        """Pages of accounts; a page that several fields ask for is read once."""
        return Shared(
            load_fn=lambda wanted: account_lists.listings(self.graph, self.asking, wanted)
        )

    @cached_property
    def belonging(self) -> DataLoader[Belonging, Found]:
        """Pages of the accounts of a Center or a manager."""
        return Shared(load_fn=lambda wanted: belonging.belonging(self.graph, self.asking, wanted))

    @cached_property
    def in_force(self) -> DataLoader[Moment, list[records.RiskSegment]]:
        """The risk segments in force at a moment."""
        return Shared(load_fn=self._in_force)

    @cached_property
    def caseloads(self) -> DataLoader[tuple[str, tuple[Moment, frozenset[str]]], records.Caseload]:
        """The load of a manager or a Center."""
        return grouped(
            lambda wanted, keys: caseloads.caseloads(self.graph, self.asking, *wanted, keys)
        )

    @cached_property
    def agendas(self) -> DataLoader[tuple[str, Due], list[records.AgendaItem]]:
        """What is due for a manager, a Center or an account."""
        return grouped(lambda wanted, keys: agenda.agenda(self.graph, self.asking, wanted, keys))

    @cached_property
    def performances(
        self,
    ) -> DataLoader[tuple[str, tuple[Moment, Over]], records.AccountPerformance | None]:
        """The figures of an account over some time."""
        return grouped(
            lambda wanted, keys: performance.performances(self.graph, self.asking, *wanted, keys)
        )

    @cached_property
    def peers(self) -> DataLoader[tuple[str, tuple[Moment, date, date]], list[Metrics]]:
        """The metrics of an account's peers."""
        return grouped(lambda wanted, keys: peers.all_peers(self.graph, self.asking, *wanted, keys))

    @cached_property
    def terms(self) -> DataLoader[str, records.Term | None]:
        """Terms of vocabularies by key."""
        return Shared(load_fn=lambda keys: staff.terms(self.graph, keys))

    @cached_property
    def headings(self) -> DataLoader[str, list[str]]:
        """The headings of a chapter."""
        return Shared(load_fn=lambda codes: tariff.headings(self.graph, codes))

    async def _in_force(self, moments: list[Moment]) -> list[list[records.RiskSegment]]:
        return [await segments.segments(self.graph, self.asking, each) for each in moments]
