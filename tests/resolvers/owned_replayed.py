"""What wants attention about who owns the holders of an account's numbers: the claims replayed.

Shares are in parts per billion, of one interest. What two sources say of one holding counts once,
at the least.
"""

from collections.abc import Collection, Iterator
from itertools import groupby

from tests.resolvers.side_by_side import Known, Version

WHOLE = 1_000_000_000
Found = Iterator[tuple[str, Collection[str]]]


def owned(known: Known, account: str) -> Found:
    """By code, what a warning about each of the holders is about."""
    held = known.starts("IDENTIFIES", account)
    holders = set().union(*(known.starts("HOLDS", number) for number in held))
    for ring in {frozenset(_ring(known, holder)) for holder in holders} - {frozenset()}:
        yield "OWNERLESS_RING", set(ring)
    for holder in holders:
        yield from _oversubscribed(known, holder)
        yield from _conflicting(known, holder)
        if holder in known.starts("OWNS", holder):
            yield "TREASURY_SHARES", {holder}


def _claims(known: Known, organization: str) -> dict[str, list[Version]]:
    """What is said of shares in it, by owner."""
    found = [each for each in known.claims("OWNS") if each.of[2] == organization]
    ordered = sorted(found, key=lambda each: each.of[1])
    return {owner: list(each) for owner, each in groupby(ordered, key=lambda each: each.of[1])}


def _by_source(claims: list[Version], name: str) -> list[int]:
    """What each source says, in sum."""
    sources = {each.told["source"] for each in claims}
    return [sum(e.told[name] for e in claims if e.told["source"] == each) for each in sources]


def _oversubscribed(known: Known, holder: str) -> Found:
    exact = {
        owner: [each for each in claims if each.told["minShare"] == each.told["maxShare"]]
        for owner, claims in _claims(known, holder).items()
    }
    shares = {o: min(_by_source(claims, "minShare")) for o, claims in exact.items() if claims}
    if sum(shares.values()) > WHOLE:
        yield "OVERSUBSCRIBED", [holder, *shares]  # which may be one of its owners


def _conflicting(known: Known, holder: str) -> Found:
    for owner, claims in _claims(known, holder).items():
        if max(_by_source(claims, "minShare")) > min(_by_source(claims, "maxShare")):
            yield "CONFLICTING_CLAIMS", {owner, holder}


def _ring(known: Known, holder: str) -> set[str]:
    """The organizations that own one another whole, if the holder is one of them."""
    members, rest = set[str](), {holder}
    while rest:
        owners = set().union(*(_claims(known, each) for each in rest))
        rest = owners - members
        members |= owners
    if holder not in members or len(members) < 2:
        return set()
    whole = all(
        sum(min(_by_source(claims, "minShare")) for claims in _claims(known, each).values())
        >= WHOLE
        for each in members
    )
    return members if whole else set()
