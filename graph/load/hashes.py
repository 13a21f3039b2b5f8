"""Hashes by which a repeated row is known: of a thing, of a claim, and of who claims what."""

import hashlib

import orjson

from graph.load.rows import ClaimRow, NodeRow
from graph.rows import OPEN_DAY, UNKNOWN_DAY

TELLING = ("interest", "role", "officerRole", "topic", "part")  # what tells claims apart


def digest(value: object) -> str:
    """A hash of anything JSON can spell, whatever the order of its keys."""
    text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()[:32]


def thing_digest(row: NodeRow) -> str:
    """What a thing's properties come to; those without a value do not count."""
    return digest({name: value for name, value in row.properties.items() if value is not None})


def claim_of(row: ClaimRow) -> str:
    """Who claims what: the same for every version of a claim."""
    if row.claim:
        return row.claim
    first = row.discriminator or (row.valid_from or UNKNOWN_DAY).isoformat()
    told = [row.properties.get(name) for name in TELLING]
    return digest([row.type, row.start, row.end, row.source.name, first, told])


def claim_digest(row: ClaimRow) -> str:
    """What a claim says; not when it was read, by whom and why."""
    said = {name: value for name, value in row.properties.items() if value is not None}
    days = [row.valid_from or UNKNOWN_DAY, row.valid_to or OPEN_DAY]
    return digest([days, row.source.reference, row.source.url, said])


def claim_id(claim: str, version: int) -> str:
    """The id of one version of a claim."""
    return f"R-{claim[:20]}" + (f"-{version}" if version > 1 else "")
