"""A claim as it stands, and new versions of it."""

from datetime import UTC

from graph.commands.writing import Standing, Writing
from graph.load.rows import ClaimRow, Source
from graph.rows import native
from graph.terms import UserErrorCode

META = frozenset(
    {
        "id",
        "claim",
        "digest",
        "version",
        "validFrom",
        "validTo",
        "recordedAt",
        "recordedTo",
        "recordedBy",
        "supersededBy",
        "reason",
        "source",
        "sourceReference",
        "sourceUrl",
        "retrievedAt",
        "client",
        "broker",
    }
)
"""Properties of every claim, or derived from its ends: not what it says."""
MISSING = "There is no relationship with this id that you may see. Take an id from an answer."


async def standing(writing: Writing, id: str) -> Standing | None:
    """A claim by the id of any of its versions, its ends locked; noted if none stands."""
    key = writing.key(id, ("Relationship",), "id")
    if key is None:
        return None
    business = key.partition(":")[2]
    found = await writing.claim(business)
    if found is not None:
        await writing.hold([found.start, found.end])
        found = await writing.claim(business)  # as it stands now that it is locked
    if found is None:
        writing.refuse(UserErrorCode.NOT_FOUND, MISSING, "id")
        return None
    writing.expect(found.version)
    if found.said is None:
        told = "It was retracted: it never held. Record it anew if it does."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "id")
        return None
    return found


def said(found: Standing) -> dict[str, object]:
    """What the claim says of its ends."""
    return {n: native(value) for n, value in (found.said or {}).items() if n not in META}


def version(writing: Writing, found: Standing, source: Source | None = None) -> ClaimRow:
    """A new version of a claim, which says what stands and may say otherwise."""
    read = found.get("retrievedAt")
    old = Source(
        found.get("source"),
        found.get("sourceReference"),
        found.get("sourceUrl"),
        read and read.astimezone(UTC),  # the driver names the zone, which Neo4j then spells
    )
    return ClaimRow(
        found.type,
        found.start,
        found.end,
        source or old,
        found.get("validFrom"),
        found.get("validTo"),
        said(found),
        recorded_by=writing.by.actor,
        reason=writing.header.reason,
        claim=found.claim,
    )
