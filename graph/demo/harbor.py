"""The group around Harbor Textiles, on which most operations look."""

from datetime import date

from graph.demo.parties import filed, organization, owns, person, unspecified
from graph.demo.sources import ACCOUNTS, REGISTER, REPORT, told
from graph.demo.world import World
from graph.terms import Interest, UnspecifiedReason

HARBOR = "Party:O-2001"
QUARTER = date(2019, 3, 1)
SALE = date(2024, 7, 1)


def write(world: World) -> None:
    """Write owners, officers, a ring above, a nominee, joint holders and subsidiaries."""
    victor = person(world, "Viktor Marchbank", "CY", "P-2003")
    sedge = organization(world, "Sedgewick Maritime Holdings B.V.", "NL", "O-2002")
    nobody = unspecified(
        world, UnspecifiedReason.NOT_PROVIDED, "The register holds a blank form for these shares."
    )
    _sedgewick(world, sedge)
    _victor(world, victor)
    _others(world, sedge, nobody)
    _unusual(world, victor)
    _subsidiaries(world, sedge)


def _victor(world: World, victor: str) -> None:
    """A quarter at first, then the majority; or was it 49?"""
    owns(world, victor, HARBOR, 25, QUARTER, SALE, source=told(REGISTER, 77000, QUARTER))
    world.named["share"] = owns(
        world, victor, HARBOR, 51, SALE, source=told(REGISTER, 77001, date(2024, 8, 1)),
        known=date(2024, 7, 20),
    )  # fmt: skip


def _others(world: World, sedge: str, nobody: str) -> None:
    """A share first read wrong, one that is sold now, and one of nobody known."""
    typed = owns(
        world, sedge, HARBOR, (25, 50), date(2021, 1, 1), known=date(2024, 8, 1),
        source=told(REGISTER, 77003, date(2024, 8, 1)), text="between a quarter and a half",
    )  # fmt: skip
    world.book.correct(
        typed, date(2025, 6, 2), "Read from the wrong line of the filing",
        minShare=50_000_000, maxShare=100_000_000, shareText="between 5 and 10 percent",
    )  # fmt: skip
    gull = organization(world, "Gullhaven Capital Partners LLC", own="O-2004")
    world.named["sold"] = owns(
        world, gull, HARBOR, 5, date(2020, 1, 1), source=told(REPORT, 77002, date(2020, 5, 4))
    )
    owns(world, nobody, HARBOR, None, date(2019, 3, 1), source=told(REGISTER, 77004, QUARTER))


def _sedgewick(world: World, sedge: str) -> None:
    """A ring above: each of three owns a part of the next, outsiders the rest."""
    north = organization(world, "Northrigg Shipping Holdings Ltd.", "GB", "O-2005")
    delta = organization(world, "Deltamarsh Chartering S.A.", "LU", "O-2006")
    owner = person(world, "Greta Quillfeather", "NL", "P-2005")
    for above, below, share in ((north, sedge, 40), (delta, north, 30), (sedge, delta, 35)):
        owns(world, above, below, share, date(2018, 1, 1))
    owns(world, owner, sedge, 45, date(2018, 1, 1))
    owns(world, owner, delta, (10, 25), date(2018, 1, 1), source=told(REPORT, 77010, SALE))
    world.book.claim(
        "CONTROLS", north, sedge, filed(world, ACCOUNTS, date(2019, 6, 1)), date(2019, 6, 1),
        interest=str(Interest.ACCOUNTING_CONSOLIDATION),
    )  # fmt: skip


def _unusual(world: World, victor: str) -> None:
    """Joint holders, a nominee, and officers in common."""
    joint = organization(world, "Marlow and Quist, joint holders", own="O-2007", form="ARRANGEMENT")
    for name, own in (("Anita Marlowe", "P-2006"), ("Niels Quistgaard", "P-2007")):
        owns(world, person(world, name, own=own), joint, (0, 100), date(2019, 3, 1))
    owns(world, joint, HARBOR, 8, date(2019, 3, 1))
    nominee = organization(world, "Tidewater Nominees Ltd.", "GB", "O-2008")
    behind = person(world, "Lionel Treadgold", "GB", "P-2008")
    owns(world, nominee, HARBOR, 6, date(2020, 4, 1))
    world.book.claim(
        "NOMINEE_FOR", nominee, behind, filed(world, REGISTER, date(2020, 4, 1)), date(2020, 4, 1)
    )
    chair = person(world, "Edith Winterbourne", own="P-2009")
    for key, company, role in (
        (chair, HARBOR, "Chair"), (victor, HARBOR, "Director"), (chair, "Party:O-2004", "Partner")
    ):  # fmt: skip
        world.book.claim(
            "OFFICER_OF", key, company, filed(world, REGISTER, SALE), date(2021, 5, 3),
            officerRole=role,
        )  # fmt: skip


def _subsidiaries(world: World, sedge: str) -> None:
    """Harbor Homewares and the Tidegate companies belong to the group in part."""
    homewares, tidegate = world.importer("A-1003").party, world.importer("A-1005").party
    outdoor = world.importer("A-1006").party
    owns(world, HARBOR, homewares, 80, date(2018, 2, 5))
    owns(world, person(world, country="US"), homewares, 20, date(2018, 2, 5))
    owns(world, HARBOR, tidegate, 30, date(2022, 1, 1), source=told(REPORT, 77020, SALE))
    owns(world, sedge, tidegate, (20, 30), date(2019, 1, 1), interest=Interest.VOTING_RIGHTS)
    owns(world, tidegate, outdoor, 60, date(2020, 10, 1))
    owns(world, homewares, outdoor, 40, date(2021, 10, 1), until=date(2025, 3, 31))
    world.book.claim(
        "CONTROLS", HARBOR, homewares, filed(world, ACCOUNTS, SALE), date(2018, 2, 5),
        interest=str(Interest.ACCOUNTING_CONSOLIDATION),
    )  # fmt: skip
