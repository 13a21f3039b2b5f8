"""Parties that stand above or beside the accounts, and how claims about them are written."""

from datetime import date
from typing import Any

from graph.demo.numbers import NumberMaker
from graph.demo.sources import REGISTER, told
from graph.demo.world import World
from graph.load.rows import ClaimRow, Source
from graph.terms import Interest, UnspecifiedReason

WHOLE = 1_000_000_000  # parts per billion
PERCENT = WHOLE // 100
Share = int | float | tuple[int, int] | None  # percent, a range of it, or not disclosed
WORDS = {
    UnspecifiedReason.NO_BENEFICIAL_OWNERS: "No beneficial owner",
    UnspecifiedReason.UNABLE_TO_CONFIRM: "Owner not confirmed",
    UnspecifiedReason.NOT_PROVIDED: "Owner not provided",
    UnspecifiedReason.SUBJECT_EXEMPT: "Exempt from disclosure",
    UnspecifiedReason.PARTY_EXEMPT: "Owner exempt from disclosure",
    UnspecifiedReason.NOT_KNOWN_TO_PUBLISHER: "Owner not known to the register",
    UnspecifiedReason.UNKNOWN: "Unknown owner",
}


def organization(
    world: World, name: str, country: str = "US", own: str | None = None,
    since: date = date(2015, 1, 1), form: str = "CORPORATION",
) -> str:  # fmt: skip
    """Write a company; answers its key."""
    random = world.random("organizations")
    return world.book.thing(
        "Party", own or world.next("O", 3001), ("Party", "Organization"), since, name=name,
        aliases=[], country=country, legalForm=form,
        lei=NumberMaker.lei(random) if random.random() < 0.5 else None,
    )  # fmt: skip


def person(
    world: World, name: str | None = None, country: str = "US", own: str | None = None
) -> str:
    """Write a natural person; answers the key."""
    return world.book.thing(
        "Party", own or world.next("P", 3001), ("Party", "Person"), date(2015, 1, 1),
        name=name or world.names.person(), aliases=[], country=country,
    )  # fmt: skip


def unspecified(world: World, reason: UnspecifiedReason, note: str | None = None) -> str:
    """Write a party of which only the lack of a name is known; answers its key."""
    return world.book.thing(
        "Party", world.next("U"), ("Party", "Unspecified"), date(2015, 1, 1),
        name=WORDS[reason], aliases=[], unspecifiedReason=str(reason), note=note,
    )  # fmt: skip


def owns(
    world: World, owner: str, owned: str, share: Share, since: date, until: date | None = None,
    *, source: Source | None = None, interest: Interest = Interest.SHAREHOLDING,
    known: date | None = None, text: str | None = None,
) -> ClaimRow:  # fmt: skip
    """Write that one owns a part of the other."""
    return world.book.claim(
        "OWNS", owner, owned, source or filed(world, REGISTER, since), since, until, known=known,
        interest=str(interest), **stated(share, text),
    )  # fmt: skip


def stated(share: Share, text: str | None = None) -> dict[str, Any]:
    """A share as it is stored."""
    if share is None:
        return {"minShare": 0, "maxShare": WHOLE, "disclosed": False, "shareText": text}
    low, high = share if isinstance(share, tuple) else (share, share)
    return {"minShare": round(low * PERCENT), "maxShare": round(high * PERCENT),
            "disclosed": True, "shareText": text}  # fmt: skip


def filed(world: World, name: str, day: date) -> Source:
    """The next document of a kind."""
    return told(name, int(world.next("D")[2:]), day)
