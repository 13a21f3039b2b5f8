"""Recording claims of ownership, control, office, holding and the like."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from graph import policy
from graph.commands import texts
from graph.commands.claims import (
    RECORDED,
    SCOPE,
    checked_days,
    checked_ends,
    interested,
    scoped,
    shared,
    telling,
)
from graph.commands.header import Header
from graph.commands.kinds import KINDS
from graph.commands.owning import tied
from graph.commands.run import run
from graph.commands.writing import Path, Step, Writing
from graph.load.hashes import claim_of
from graph.load.rows import ClaimRow, Source
from graph.records import ShareRange, Written
from graph.session import Graph
from graph.terms import Interest, Permission, RelationshipType, UserErrorCode

MOST = 100
FIELDS: Mapping[str, tuple[Path, ...]] = {
    "from": ("fromId",),
    "to": ("toId",),
    "valid_to": ("validTo",),
    "share": ("share",),
}
TAKEN = (
    "This source says something of these two from this day already. Correct that claim with"
    " correctRelationship, or give another source reference or first day."
)
TWICE = "The same claim is given twice. Keep one."


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as a caller gives it, its ends by global id."""

    type: RelationshipType
    start: str
    end: str
    share: ShareRange | None = None
    interest: Interest | None = None
    scope: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    source: Source | None = None


async def record(graph: Graph, header: Header, given: Sequence[Told]) -> Written:
    """Record claims, all or none."""
    policy.reaching(header.viewer, Permission.WRITE_OWNERSHIP)

    async def plan(writing: Writing) -> Written:
        return await _record(writing, given[: MOST + 1])

    return await run(graph, header, plan, Permission.WRITE_OWNERSHIP)


async def _record(writing: Writing, given: Sequence[Told]) -> Written:
    texts.counted(writing, len(given), MOST, "relationships")
    writing.expect(0)
    keys = [_keys(writing, each, "relationships", at) for at, each in enumerate(given)]
    await writing.hold(key for pair in keys for key in pair)
    known = await writing.terms((SCOPE, each.scope) for each in given if each.scope)
    steps = [
        _step(writing, each, keys[at], known, "relationships", at) for at, each in enumerate(given)
    ]
    await _new(writing, [step for step in steps if step])
    found = await writing.write([step for step in steps if step])
    return Written(claims=tuple(id for ids in found for id in ids))


def _keys(writing: Writing, each: Told, *path: Path) -> tuple[str | None, str | None]:
    """The ends of a claim, by key."""
    if each.type not in RECORDED:
        told = f"{each.type} is not recorded here. Give one of {', '.join(RECORDED)}."
        writing.refuse(UserErrorCode.RELATIONSHIP_NOT_ALLOWED, told, *path, "type")
    start = writing.seen(each.start, KINDS, *path, "fromId")
    return start, writing.seen(each.end, KINDS, *path, "toId")


def _step(
    writing: Writing,
    each: Told,
    keys: tuple[str | None, str | None],
    known: Set[tuple[str, str]],
    *path: Path,
) -> Step | None:
    """What a claim is written as; None, and the reasons noted, if it cannot be."""
    first, second = writing.thing(keys[0], *path, "fromId"), writing.thing(keys[1], *path, "toId")
    source = texts.source(writing, each.source, *path, "source")
    checked_days(writing, each.valid_from, each.valid_to, *path)
    if each.type not in RECORDED:
        return None
    checked_ends(writing, each.type, (first, second), each.valid_to, *path)
    said = {
        **shared(writing, each.type, each.share, *path),
        **interested(writing, each.type, each.interest, *path),
        **scoped(writing, each.type, each.scope, known, *path),
    }
    if first is None or second is None or source is None:
        return None
    tied(writing, telling(each.type, first.key, second.key), *path)
    row = ClaimRow(
        each.type.value,
        first.key,
        second.key,
        source,
        each.valid_from,
        each.valid_to,
        said,
        discriminator=source.reference or "",
        recorded_by=writing.by.actor,
        reason=writing.header.reason,
    )
    return Step((replace(row, claim=claim_of(row)),), path, FIELDS)


async def _new(writing: Writing, steps: Sequence[Step]) -> None:
    """Note claims that are given twice, or that stand already."""
    given = {claim.claim: step for step in reversed(steps) for claim in step.claims}
    standing = await writing.standing([claim for step in steps for claim in step.claims])
    for step in steps:
        for claim in step.claims:
            if given[claim.claim] is not step:
                writing.refuse(UserErrorCode.ALREADY_EXISTS, TWICE, *step.path)
            elif claim.claim in standing:
                writing.refuse(UserErrorCode.ALREADY_EXISTS, TAKEN, *step.path)
