"""A hypothetical world: what holds at a moment, and changes that nobody has recorded.

An imagined holding adds to what the same owner holds already. Nothing is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph import records
from graph.algorithms.claims import BILLION
from graph.algorithms.recorded import Recorded, Row
from graph.errors import BadInput
from graph.load.ends import fits, told
from graph.records.moment import Moment
from graph.rows import OPEN_DAY, UNKNOWN_DAY
from graph.snapshot import LISTING, TYPES, Snapshot
from graph.terms import CompletenessState, Interest, RelationshipType

SOURCE = "Scenario"


@dataclass(frozen=True, slots=True)
class Imagined:
    """A relationship that nobody has recorded, with the things it joins."""

    type: RelationshipType
    start: records.Entity
    end: records.Entity
    share: records.ShareRange | None = None
    interest: Interest | None = None
    scope_code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Changes to imagine.

    `raised` are the subject's key, the kind and the severity, `resolved` the keys of flags.
    """

    record: tuple[Imagined, ...] = ()
    end: tuple[records.Relationship, ...] = ()
    raised: tuple[tuple[str, str, float | None], ...] = ()
    resolved: tuple[str, ...] = ()

    @property
    def joined(self) -> frozenset[str]:
        """The things that imagined relationships join."""
        return frozenset(each.stored_key for one in self.record for each in (one.start, one.end))


@dataclass(frozen=True)
class World:
    """What ownership is computed on: claims, who is listed, and claims that are imagined, by id."""

    recorded: Recorded
    listed: frozenset[str]
    imagined: Mapping[str, tuple[records.Relationship, Imagined]] = field(default_factory=dict)
    cut: CompletenessState | None = None  # why only a part is known, where that is not enough


def world(snapshot: Snapshot, scenario: Scenario | None, moment: Moment) -> World:
    """The world at the moment, with a scenario's changes if there is one. Raises BadInput."""
    if scenario is None:
        listed = frozenset(party for _, party in snapshot.listed)
        return World(snapshot.recorded, listed, cut=snapshot.cut)
    kept = {party for flag, party in snapshot.listed if flag not in scenario.resolved}
    raised = {subject for subject, kind, _ in scenario.raised if kind in LISTING}
    ended = snapshot.recorded.without(ids=[claim.business_id for claim in scenario.end])
    imagined = {f"scenario.{at}": each for at, each in enumerate(scenario.record, 1)}
    rows = [
        row
        for id_, each in imagined.items()
        if each.type.value in TYPES
        for row in _rows(ended, id_, each)
    ]
    after = ended.edited(rows)
    for at, each in enumerate(scenario.record):
        if after.held_directly(each.start.stored_key, each.end.stored_key) > BILLION:
            raise BadInput(beyond(at))
    _ = after.holdings.by_owner, after.holdings.parts  # here, where another thread may do it
    claims = {id_: (imagined_claim(id_, each, moment), each) for id_, each in imagined.items()}
    return World(after, frozenset(kept | raised), claims, snapshot.cut)


def beyond(at: int) -> str:
    """Why a scenario is refused that has one owner hold more than all."""
    return (
        f"Argument 'scenario.record[{at}].share' would make one owner hold more than 100 percent."
        " Give a smaller one, or end what the owner holds."
    )


def check(record: Sequence[Imagined], end: Sequence[records.Relationship], moment: Moment) -> None:
    """Raises BadInput for a scenario that contradicts itself or a rule of what it records."""
    seen = set()
    for at, claim in enumerate(end):
        where = f"scenario.end[{at}]"
        if claim.business_id in seen:
            raise BadInput(f"Argument '{where}' ends a relationship twice. Give it once.")
        seen.add(claim.business_id)
        if claim.superseded_at or not _holds(claim.valid_from, claim.valid_to, moment.as_of):
            raise BadInput(
                f"Argument '{where}' is a relationship that does not hold at the moment: it"
                " cannot be imagined ended. Leave it out, or give another moment."
            )
    for at, each in enumerate(record):
        _check(each, f"scenario.record[{at}]", moment)


def _check(each: Imagined, where: str, moment: Moment) -> None:
    for place, thing in enumerate((each.start, each.end)):
        if not fits(each.type.value, _labels(thing), place):
            raise BadInput(
                f"Argument '{where}.{('fromId', 'toId')[place]}' cannot be an end of"
                f" {each.type.value}. Give {told(each.type.value, place)}."
            )
    if each.valid_from and each.valid_to and each.valid_from >= each.valid_to:
        raise BadInput(f"Argument '{where}.validTo' must be later than 'validFrom'.")
    if not _holds(each.valid_from, each.valid_to, moment.as_of):
        raise BadInput(
            f"Argument '{where}' would not hold on {moment.as_of}. Change its days, or ask at"
            " another moment."
        )
    shared = each.type is RelationshipType.OWNS
    if each.share is not None and not shared:
        raise BadInput(f"Argument '{where}.share' belongs to OWNS only. Leave it out.")
    if each.interest and each.type not in (RelationshipType.OWNS, RelationshipType.CONTROLS):
        raise BadInput(f"Argument '{where}.interest' belongs to OWNS and CONTROLS. Leave it out.")


def _labels(thing: records.Entity) -> list[str]:
    """The labels by which a thing may be an end of a relationship."""
    found = [label for label, kind in records.RECORDS.items() if isinstance(thing, kind)]
    accounts = ["Account"] if isinstance(thing, records.Account) else []
    return [*found, *accounts, *(["Party"] if isinstance(thing, records.Party) else [])]


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first or UNKNOWN_DAY) <= day < (last or OPEN_DAY)


def _rows(recorded: Recorded, id_: str, each: Imagined) -> list[Row]:
    """The claim as the arrays take it: beside each source that speaks of the pair, once."""
    share = each.share or records.ShareRange(0, BILLION, False)
    start, end = each.start.stored_key, each.end.stored_key
    interest = each.interest.value if each.interest else None
    sources = sorted(recorded.sources_of(start, end, interest)) or [SOURCE]
    return [
        Row(
            id_,
            each.type.value,
            start,
            end,
            share.min,
            share.max,
            share.disclosed,
            interest,
            source,
            _kind(each.start),
            _kind(each.end),
        )
        for source in sources
    ]


def _kind(thing: records.Entity) -> str:
    if isinstance(thing, records.Person):
        return "Person"
    return "Unspecified" if isinstance(thing, records.UnspecifiedParty) else "Organization"


def imagined_claim(id_: str, each: Imagined, moment: Moment) -> records.Relationship:
    """The imagined claim as answers show it; no id finds it again."""
    owns = each.type is RelationshipType.OWNS
    return records.Relationship(
        business_id=id_,
        moment=moment,
        type=each.type,
        from_key=each.start.stored_key,
        to_key=each.end.stored_key,
        valid_from=each.valid_from,
        valid_to=each.valid_to,
        recorded_at=moment.known_at,
        superseded_at=None,
        superseded_by_id=None,
        source=records.Source(SOURCE),
        recorded_by="scenario",
        share=(each.share or records.ShareRange(0, BILLION, False)) if owns else None,
        interest=each.interest,
        role=None,
        basis=None,
        scope_code=each.scope_code,
        topic_code=None,
        reason=None,
        version=1,
    )
