"""What claims may say: which commands record them, their ends, days, shares and scopes."""

from collections.abc import Set
from datetime import date

from graph.commands.writing import Held, Path, Writing
from graph.load.ends import fits, told
from graph.load.relationships import ALL
from graph.records import ShareRange
from graph.terms import Interest, RelationshipType, UserErrorCode

RECORDED = (
    RelationshipType.HOLDS,
    RelationshipType.OWNS,
    RelationshipType.CONTROLS,
    RelationshipType.OFFICER_OF,
    RelationshipType.GRANTED_POA,
    RelationshipType.SUCCESSOR_OF,
    RelationshipType.NOMINEE_FOR,
    RelationshipType.SHARES,
)
"""Types that callers record themselves; others have commands of their own."""
ASSIGNED = (RelationshipType.MANAGED_BY, RelationshipType.SERVES, RelationshipType.ASSIGNED_TO)
USUAL = {
    RelationshipType.OWNS: Interest.SHAREHOLDING,
    RelationshipType.CONTROLS: Interest.UNKNOWN,
}
BETWEEN_TWO = (
    RelationshipType.CONTROLS,
    RelationshipType.SUCCESSOR_OF,
    RelationshipType.NOMINEE_FOR,
)
SCOPE = "POWER_OF_ATTORNEY_SCOPE"


def telling(type_: RelationshipType, start: str, end: str) -> tuple[str, ...]:
    """The ends by which a claim may be one of somebody's own accounts.

    Of what a party holds that is the number or code: else who holds one number of an account could
    be given those of others.
    """
    return (end,) if type_ is RelationshipType.HOLDS else (start, end)


def checked_days(
    writing: Writing, valid_from: date | None, valid_to: date | None, *path: Path
) -> None:
    """Note an end that is not after its beginning."""
    if valid_from and valid_to and not valid_from < valid_to:
        told = "The end is the day after the last one, so it must be after validFrom. Correct one."
        writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, *path, "validTo")


def checked_ends(
    writing: Writing,
    type_: RelationshipType,
    ends: tuple[Held | None, Held | None],
    valid_to: date | None,
    *path: Path,
) -> None:
    """Note ends that a claim of this type cannot join."""
    for place, (end, name) in enumerate(zip(ends, ("fromId", "toId"), strict=True)):
        if end is None:
            continue
        if not fits(type_.value, list(end.labels), place):
            side = "leads to" if place else "starts at"
            why = f"{type_} {side} {told(type_.value, place)}. Give such a thing, or another type."
            writing.refuse(UserErrorCode.RELATIONSHIP_NOT_ALLOWED, why, *path, name)
        if end.get("status") == "CLOSED" and "Account" in end.labels and valid_to is None:
            why = "The account is closed: give a validTo up to its closing, or another account."
            writing.refuse(UserErrorCode.INVALID_STATE, why, *path, name)
    if type_ in BETWEEN_TWO and ends[0] is not None and ends[0] is ends[1]:
        why = f"{type_} joins two things, not one with itself. Give another."
        writing.refuse(UserErrorCode.RELATIONSHIP_NOT_ALLOWED, why, *path, "toId")


def shared(
    writing: Writing, type_: RelationshipType, share: ShareRange | None, *path: Path
) -> dict[str, object]:
    """The share as it is stored; noted if the type has none or its bounds are exchanged."""
    if type_ is not RelationshipType.OWNS:
        if share is not None:
            told = f"{type_} has no share: only OWNS has. Leave it out."
            writing.refuse(UserErrorCode.INVALID_FORMAT, told, *path, "share")
        return {}
    if share is None:
        return {"minShare": 0, "maxShare": ALL, "disclosed": False}
    if share.min > share.max:
        told = "The lower bound is above the upper one. Exchange them, or correct one."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, *path, "share", "min")
    return {"minShare": share.min, "maxShare": share.max, "disclosed": True}


def interested(
    writing: Writing, type_: RelationshipType, interest: Interest | None, *path: Path
) -> dict[str, object]:
    """The nature of the interest as it is stored; noted if the type has none."""
    usual = USUAL.get(type_)
    if usual is None:
        if interest is not None:
            told = f"{type_} has no interest: only OWNS and CONTROLS have. Leave it out."
            writing.refuse(UserErrorCode.INVALID_FORMAT, told, *path, "interest")
        return {}
    return {"interest": (interest or usual).value}


def scoped(
    writing: Writing,
    type_: RelationshipType,
    scope: str | None,
    known: Set[tuple[str, str]],
    *path: Path,
) -> dict[str, object]:
    """The scope as it is stored; noted if the type has none or nobody knows it."""
    if scope is None:
        return {}
    if type_ is not RelationshipType.GRANTED_POA:
        told = f"{type_} has no scope: only GRANTED_POA has. Leave it out."
        writing.refuse(UserErrorCode.INVALID_FORMAT, told, *path, "scope")
    elif (SCOPE, scope) not in known:
        told = f"There is no such scope. Give a code of the vocabulary {SCOPE}."
        writing.refuse(UserErrorCode.NOT_FOUND, told, *path, "scope")
    return {"scope": scope}
