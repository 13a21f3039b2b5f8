"""The load of account managers and Centers, counted from the accounts they have."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from graph import records, risk_scores
from graph.moments import year
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.risk_scores import Scores
from graph.session import Graph
from graph.terms import RiskRating

SOON = timedelta(days=60)  # a notification due within so many days counts
HIGH = (RiskRating.HIGH, RiskRating.CRITICAL)
DOLLARS = "USD"


@dataclass(frozen=True, slots=True)
class Facts:
    """What one account adds to a load. Managers and Center are keys."""

    key: str
    importer: bool
    primary: str | None
    managers: frozenset[str]
    center: str | None
    active_in_isa: bool
    notifications_due: int
    issues: dict[str, bool]  # open ones, and whether each is overdue
    figures: dict[str, tuple[int, int, int]]  # by currency: summaries, post-entry actions, cents


@dataclass(frozen=True, slots=True)
class Load:
    """The accounts of a manager or a Center, and who serves at the Center."""

    key: str
    whole: bool  # a Center
    accounts: list[Facts] = field(default_factory=list)
    managers: int = 1
    specialists: int = 0


async def loads(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Collection[str], *, figures: bool
) -> dict[str, Load]:
    """What each manager and Center has, account by account, by key; in one statement.

    An account has itself.
    """
    seen = await reach(graph, viewer)
    question = query("caseload/facts")
    found = await graph.read(
        question,
        keys=seen.keys(sorted(keys)),
        **seen.parameters(question),
        figures=figures,
        soon=moment.as_of + SOON,
        **year(moment.as_of),
        **moment.parameters,
    )
    return {row["key"]: _load(row) for row in found}


def _load(row: dict[str, Any]) -> Load:
    whole = row["whole"]
    accounts = [_facts(*each) for each in row["accounts"]]
    managers = row["managers"] if whole else 1
    return Load(row["key"], whole, accounts, managers, row["specialists"] if whole else 0)


def _facts(
    key: str,
    importer: bool,
    primary: str | None,
    managers: list[str],
    center: str | None,
    parts: list[tuple[str, bool | None]],
    issues: list[tuple[str, bool]],
    figures: list[tuple[str, int, int, int]] | None,
) -> Facts:
    return Facts(
        key,
        importer,
        primary,
        frozenset(managers),
        center,
        any(status == "ACTIVE" for status, _ in parts),
        sum(bool(due) for _, due in parts),
        dict(issues),
        {currency: (entries, after, cents) for currency, entries, after, cents in figures or ()},
    )


async def caseloads(
    graph: Graph, viewer: Viewer, moment: Moment, parts: frozenset[str], keys: Sequence[str]
) -> list[records.Caseload]:
    """The load of each manager or Center; `figures` and `risk` are counted only if asked for."""
    figures = "figures" in parts
    found = await loads(graph, viewer, moment, keys, figures=figures)
    scores = await risk_scores.scores(graph, viewer, moment) if "risk" in parts else None
    return [counted(found.get(key, Load(key, False)), figures, scores) for key in keys]


def counted(load: Load, figures: bool, scores: Scores | None) -> records.Caseload:
    """The numbers of a load."""
    accounts = load.accounts
    primary = [one for one in accounts if _primary(one, load)]
    issues: dict[str, bool] = {}
    for one in accounts:
        issues |= one.issues
    return records.Caseload(
        accounts=len(accounts),
        importers=sum(one.importer for one in accounts),
        brokers=sum(not one.importer for one in accounts),
        with_primary_manager=len(primary),
        isa_participants=sum(one.active_in_isa for one in accounts),
        high_risk_count=None if scores is None else _high(accounts, scores),
        open_issues=len(issues),
        overdue_issues=sum(issues.values()),
        notifications_due=sum(one.notifications_due for one in accounts),
        entry_summary_count=_sum(accounts, 0) if figures else None,
        post_entry_count=_sum(accounts, 1) if figures else None,
        value=records.Money(_dollars(accounts), DOLLARS) if figures else None,
        managers=load.managers,
        specialists=load.specialists,
    )


def _primary(one: Facts, load: Load) -> bool:
    return one.primary is not None if load.whole else one.primary == load.key


def _high(accounts: Sequence[Facts], scores: Scores) -> int:
    return sum(scores.rating(one.key) in HIGH for one in accounts)


def _sum(accounts: Sequence[Facts], place: int) -> int:
    """Counts have no currency: they add up over all."""
    return sum(figures[place] for one in accounts for figures in one.figures.values())


def _dollars(accounts: Sequence[Facts]) -> int:
    """Entered value in US dollars; amounts in another currency are not added to it."""
    return sum(one.figures.get(DOLLARS, (0, 0, 0))[2] for one in accounts)
