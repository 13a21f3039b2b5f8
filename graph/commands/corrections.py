"""Correcting claims in record time, and ending them in valid time."""

from dataclasses import dataclass, replace
from datetime import date

from graph import policy
from graph.bounds import NOT_OWN, OUTSIDE, Bounds, bounds
from graph.commands import texts
from graph.commands.claims import (
    ASSIGNED,
    RECORDED,
    SCOPE,
    checked_days,
    interested,
    scoped,
    shared,
    telling,
)
from graph.commands.header import KEEP, Given, Header, kept
from graph.commands.owning import tied
from graph.commands.run import run
from graph.commands.standing import said, standing, version
from graph.commands.writing import Standing, Step, Writing
from graph.errors import Forbidden
from graph.load.rows import Source
from graph.records import ShareRange, Written
from graph.session import Graph
from graph.terms import Interest, Permission, RelationshipType, UserErrorCode

ELSEWHERE = {
    RelationshipType.IDENTIFIES: "detachIdentifiers",
    RelationshipType.MEMBER_OF: "saveAccountManager",
    RelationshipType.PRACTISES: "saveSpecialist",
    RelationshipType.FLAGS: "resolveRiskFlag",
}
ENDING = (Permission.WRITE_OWNERSHIP, Permission.WRITE_ASSIGNMENTS)
FIELDS = {"valid_to": ("validTo",), "share": ("share",)}
SPOKEN = {
    "share": "share",
    "interest": "interest",
    "scope": "scope",
    "valid_from": "validFrom",
    "valid_to": "validTo",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What a claim should say; what is kept stands."""

    id: str
    source: Source
    share: Given[ShareRange] = KEEP
    interest: Given[Interest] = KEEP
    scope: Given[str] = KEEP
    valid_from: Given[date] = KEEP
    valid_to: Given[date] = KEEP
    retract: bool = False


async def correct(graph: Graph, header: Header, given: Correction) -> Written:
    """Correct or retract a claim; what was believed before stays on record."""
    policy.reaching(header.viewer, Permission.WRITE_OWNERSHIP)

    async def plan(writing: Writing) -> Written:
        return await _correct(writing, given)

    return await run(graph, header, plan, Permission.WRITE_OWNERSHIP)


async def end(graph: Graph, header: Header, id: str, valid_to: date | None) -> Written:
    """End a relationship in valid time."""
    viewer = policy.reaching(header.viewer)
    held = [right for right in ENDING if right in viewer.permissions]
    if not held:
        raise Forbidden("This field needs the permission WRITE_OWNERSHIP or WRITE_ASSIGNMENTS.")
    # Somebody of two roles may assign elsewhere than where they say who owns whom.
    alike = len({policy.where(viewer, right) for right in held}) == 1
    assigning = None if alike else await bounds(graph, viewer, Permission.WRITE_ASSIGNMENTS)

    async def plan(writing: Writing) -> Written:
        return await _end(writing, id, valid_to, assigning or writing.bounds)

    return await run(graph, header, plan, held[0])


async def _correct(writing: Writing, given: Correction) -> Written:
    source = texts.source(writing, given.source, "source")
    found = await standing(writing, given.id)
    if given.retract:
        _retracted(writing, given)
    if found is None or not _correctable(writing, RelationshipType(found.type)):
        _plain(writing, given)
        writing.check()
    assert found is not None
    type_ = RelationshipType(found.type)
    tied(writing, telling(type_, found.start, found.end), "id")
    first = kept(given.valid_from, found.get("validFrom"))
    last = kept(given.valid_to, found.get("validTo"))
    checked_days(writing, first, last)
    row = replace(
        version(writing, found, source),
        properties=await _corrected(writing, found, type_, given),
        valid_from=first,
        valid_to=last,
        withdrawn=given.retract,
    )
    written = await writing.write([Step((row,), (), FIELDS)])
    return Written(claims=tuple(written[0]))


def _correctable(writing: Writing, type_: RelationshipType) -> bool:
    """Whether claims of this type are corrected; noted if not."""
    if type_ not in RECORDED:
        told = f"{type_} is not corrected here: it follows from other writes."
        writing.refuse(UserErrorCode.RELATIONSHIP_NOT_ALLOWED, told, "id")
    return type_ in RECORDED


def _plain(writing: Writing, given: Correction) -> None:
    """Note what is wrong whatever claim is meant."""
    if isinstance(given.share, ShareRange):
        shared(writing, RelationshipType.OWNS, given.share)
    checked_days(writing, kept(given.valid_from, None), kept(given.valid_to, None))


def _retracted(writing: Writing, given: Correction) -> None:
    """A retraction says nothing else."""
    for name, path in SPOKEN.items():
        if getattr(given, name) is not KEEP:
            told = "What never held says nothing. Leave this out, or do not retract."
            writing.refuse(UserErrorCode.INVALID_STATE, told, path)


async def _corrected(
    writing: Writing, found: Standing, type_: RelationshipType, given: Correction
) -> dict[str, object]:
    """What the claim will say: what is given over what stands."""
    told = said(found)
    if given.share is not KEEP:
        told.pop("shareText", None)
        told |= shared(writing, type_, given.share)
    if given.interest is not KEEP:
        told.pop("interestText", None)
        told |= interested(writing, type_, given.interest)
    if given.scope is not KEEP:
        known = await writing.terms([(SCOPE, given.scope)] if given.scope else ())
        told.pop("scope", None)
        told |= scoped(writing, type_, given.scope, known)
    return told


async def _end(writing: Writing, id: str, valid_to: date | None, assigning: Bounds) -> Written:
    day = texts.not_future(writing, valid_to, "validTo")
    found = await standing(writing, id)
    if found is None:
        writing.check()
    assert found is not None
    _may_end(writing, found, assigning)
    first, last = found.get("validFrom"), found.get("validTo")
    if last is not None and last <= day:
        told = f"It ended on {last.isoformat()} already. Correct that with correctRelationship."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "id")
    if first is not None and day <= first:
        told = f"It holds from {first.isoformat()} on. Give a later day, or retract it."
        writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "validTo")
    row = replace(version(writing, found), valid_to=day)
    written = await writing.write([Step((row,), (), {"to": ("id",), **FIELDS})])
    return Written(claims=tuple(written[0]))


def _may_end(writing: Writing, found: Standing, assigning: Bounds) -> None:
    """Note it if claims of this type are ended elsewhere, or by others."""
    type_ = RelationshipType(found.type)
    if type_ not in RECORDED + ASSIGNED:
        told = f"{type_} is not ended here. Use {ELSEWHERE.get(type_, 'the write that made it')}."
        writing.refuse(UserErrorCode.RELATIONSHIP_NOT_ALLOWED, told, "id")
        return
    needed = Permission.WRITE_ASSIGNMENTS if type_ in ASSIGNED else Permission.WRITE_OWNERSHIP
    if needed not in writing.header.viewer.permissions:
        told = f"Ending {type_} needs the permission {needed}. Ask somebody who has it."
        writing.refuse(UserErrorCode.NOT_PERMITTED, told, "id")
    elif type_ not in ASSIGNED:
        tied(writing, telling(type_, found.start, found.end), "id")
    elif assigning.forbids(found.end if type_ is RelationshipType.SERVES else found.start):
        writing.refuse(UserErrorCode.NOT_PERMITTED, NOT_OWN, "id")
    elif type_ is RelationshipType.ASSIGNED_TO and not assigning.own.all:  # it would leave it
        writing.refuse(UserErrorCode.NOT_PERMITTED, OUTSIDE, "id")
