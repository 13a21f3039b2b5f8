"""The things and claims that the benchmark's world is made of, and what they are called."""

from collections.abc import Iterator
from datetime import date
from random import Random

from graph.load.rows import ClaimRow, NodeRow, Source

SINCE = date(2016, 1, 1)
SOURCE = Source("Invented for benchmarks", "Run 1", None, None)
WHOLE = 1_000_000_000
BROKERS = 50  # one account in so many is a broker's
FIRST = ("Alder", "Birch", "Cedar", "Dorset", "Elm", "Fallow", "Garnet", "Hazel", "Iris", "Juniper",
         "Kestrel", "Larch", "Maple", "Nettle", "Osier", "Pine", "Quill", "Rowan", "Sorrel",
         "Thistle", "Umber", "Vetch", "Willow", "Yarrow")  # fmt: skip
SECOND = ("Bay", "Brook", "Cliff", "Dale", "Field", "Gate", "Harbor", "Hill", "Lake", "Mill",
          "Point", "Reach", "Ridge", "Shore", "Spring", "Stone", "Vale", "Wharf")  # fmt: skip
TRADE = ("Apparel", "Ceramics", "Fasteners", "Foods", "Footwear", "Furniture", "Glass",
         "Instruments", "Lighting", "Metals", "Optics", "Packaging", "Pumps", "Textiles", "Tools",
         "Toys")  # fmt: skip


def broker(place: int) -> bool:
    """Whether the account at this place is a broker's."""
    return place % BROKERS == 1


def account_id(place: int) -> str:
    """The id of the account at a place: in the order of places."""
    return f"A-{place:07d}"


def account_key(place: int) -> str:
    """The key of the account at a place."""
    return f"Account:{account_id(place)}"


def name(place: int) -> str:
    """The name of the account at a place; none is given twice below a million."""
    words = Random(f"name {place}")
    return f"{words.choice(FIRST)} {words.choice(SECOND)} {words.choice(TRADE)} {place:06d}"


def person(kind: str, own: str, place: int) -> NodeRow:
    """Someone of CBP."""
    values = {"name": f"{FIRST[place % 24]} {SECOND[place // 24 % 18]} {place}", "active": True,
              "email": f"{own.lower()}@cbp.example", "phone": "+1 202 555 0100",
              "national": kind == "AccountManager"}  # fmt: skip
    return NodeRow(kind, own, (kind,), dict(values))


def organization(own: str, called: str) -> NodeRow:
    """A company."""
    values: dict[str, object] = {"name": called, "aliases": [], "country": "US"}
    return NodeRow("Party", own, ("Party", "Organization"), values)


def owns(owner: str, owned: str, percent: int) -> ClaimRow:
    """That one party owns so many percent of the other."""
    share = percent * (WHOLE // 100)
    return claim("OWNS", owner, owned, SINCE, interest="SHAREHOLDING", minShare=share,
                  maxShare=share, disclosed=True)  # fmt: skip


def claim(
    kind: str, start: str, end: str, since: date, until: date | None = None, **values: object
) -> ClaimRow:
    """A claim of the one source that invents all of this."""
    return ClaimRow(kind, start, end, SOURCE, since, until, dict(values))


def figures(place: int, month: int) -> Iterator[NodeRow | ClaimRow]:
    """What the account at a place did in a month, counted from October 2025."""
    year, rest = divmod(2025 * 12 + 9 + month, 12)
    first = date(year, rest + 1, 1)
    lines = 40 + place % 60
    row = NodeRow(
        "PerformancePeriod", f"{account_id(place)}-{first:%Y%m}", ("PerformancePeriod",),
        {"month": first, "chapter": f"{61 + place % 4}", "origin": "VN", "port": "2704",
         "entrySummaries": lines // 3, "lines": lines, "enteredValue": lines * 900_000,
         "dutiesTaxesFees": lines * 60_000, "currency": "USD", "examinations": 1,
         "adCvdLines": 0, "sampledLines": 4, "discrepantLines": place % 2,
         "majorDiscrepantLines": 0, "discrepancies": [], "postSummaryCorrections": 0,
         "requestsForInformation": 0, "noticesOfAction": 0, "protests": 0, "penalties": 0},
    )  # fmt: skip
    yield row
    yield claim("MEASURES", row.key, account_key(place), first)
