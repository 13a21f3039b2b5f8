"""The awkward cases of ownership, each behind an importer of its own, A-1015 on."""

from datetime import date

from graph.demo.parties import Share, filed, organization, owns, person, unspecified
from graph.demo.sources import REGISTER, REPORT
from graph.demo.world import World
from graph.terms import UnspecifiedReason

SINCE = date(2019, 5, 1)
REASONED = (49, 50, 51, 53, 54, 55, 56)  # one importer for each reason of an unnamed owner


def write(world: World) -> None:
    """Write every case."""
    _rings(world)
    _sums(world)
    _shapes(world)
    _hidden(world)
    _conflicts(world)
    for key, into in world.merged.items():
        gone, kept = world.importer(key[8:]), world.importer(into[8:])
        assert gone.until
        if gone.id < "A-1200":
            world.book.claim(
                "SUCCESSOR_OF", kept.party, gone.party, filed(world, REGISTER, gone.until),
                gone.until,
            )  # fmt: skip


def _party(world: World, place: int) -> str:
    return world.importers[place - 1].party


def _rings(world: World) -> None:
    """A closed ring that nobody outside owns, one nearly closed, and three small holders."""
    a, b, c = _party(world, 15), _party(world, 16), _party(world, 18)
    for owner, owned, share in ((a, b, 100), (b, a, 100), (a, c, 60)):
        owns(world, owner, owned, share, SINCE)
    a, b = _party(world, 39), _party(world, 40)
    for owner, owned, share in (
        (a, b, 99), (b, a, 99), (person(world), a, 1), (person(world), b, 1)
    ):  # fmt: skip
        owns(world, owner, owned, share, SINCE)
    three = [_party(world, place) for place in (19, 35, 36)]
    for owner in three:
        for owned in three:
            if owner != owned:
                owns(world, owner, owned, 30, SINCE)


def _sums(world: World) -> None:
    """Sources that say more than 100 percent, and companies with shares of their own."""
    for place, shares in ((20, (80, 60)), (21, (55, 50)), (22, (70, 40, 20))):
        for share in shares:
            owns(world, person(world), _party(world, place), share, SINCE)
    for place, own in ((24, 20), (25, 5), (26, 10), (27, 2.5)):
        key = _party(world, place)
        owns(world, key, key, own, SINCE, source=filed(world, REPORT, SINCE))
        owns(world, person(world), key, 45, SINCE)
        owns(world, person(world), key, 35, SINCE)


def _shapes(world: World) -> None:
    """Diamonds, and a long chain in which control goes on while the share melts."""
    for top, left, right, bottom in ((33, 34, 37, 41), (43, 44, 47, 48)):
        keys = [_party(world, place) for place in (top, left, right, bottom)]
        shares: tuple[Share, ...] = (50, 50, 60, 40)
        pairs = ((0, 1), (0, 2), (1, 3), (2, 3))
        for (owner, owned), share in zip(pairs, shares, strict=True):
            owns(world, keys[owner], keys[owned], share, SINCE)
        owns(world, person(world), keys[0], 100, SINCE)
    above = person(world)
    for place in (57, 58, 59, 60):
        owns(world, above, _party(world, place), 55, SINCE)
        above = _party(world, place)


def _hidden(world: World) -> None:
    """Owners without names, joint holders, and nominees for somebody or for nobody known."""
    for place, reason in zip(REASONED, UnspecifiedReason, strict=True):
        owns(world, unspecified(world, reason), _party(world, place), None, SINCE)
        owns(world, person(world), _party(world, place), 30, SINCE)
    for place in (42, 31):
        joint = organization(world, f"{world.names.word()}, joint holders", form="ARRANGEMENT")
        for _ in range(2):
            owns(world, person(world), joint, (0, 100), SINCE)
        owns(world, joint, _party(world, place), 60, SINCE)
    for place, known in ((45, True), (46, False), (52, True)):
        nominee = organization(world, f"{world.names.word()} Nominees Ltd.", "GB")
        owns(world, nominee, _party(world, place), 70, SINCE)
        world.nominees.append(nominee)
        if known:
            world.book.claim(
                "NOMINEE_FOR", nominee, person(world), filed(world, REGISTER, SINCE), SINCE
            )


def _conflicts(world: World) -> None:
    """Two sources on one holding, who do not agree."""
    for place, one, other in ((28, 40, 60), (30, (25, 50), 75), (32, 51, 49)):
        owner = person(world)
        claims: tuple[tuple[str, Share], ...] = ((REGISTER, one), (REPORT, other))
        for name, share in claims:
            owns(world, owner, _party(world, place), share, SINCE, source=filed(world, name, SINCE))
