"""Twenty-four accounts, what is known of each, and the filters that find some of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from graph import ids
from tests import worlds

NAMES = [
    "Harbor Textiles",
    "Mill & Co",
    "Foods;Acme",
    "Zephyr Footwear",
    "Mill-Stone",
    "Übersee 'Hare'",
]
DAY = date(2026, 11, 25)
AT = {"asOf": "2026-11-25"}
LIST = """
  query ($filter: AccountFilter, $orderBy: AccountOrder! = NAME_ASC, $moment: MomentInput,
         $first: Int, $after: String, $last: Int, $before: String) {
    accounts(filter: $filter, orderBy: $orderBy, moment: $moment,
             first: $first, after: $after, last: $last, before: $before) {
      totalCount { value relation }
      nodes { key name primaryManager { name } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
"""


def facts() -> list[dict[str, Any]]:
    """Twenty-four accounts, each with a bit of everything, by its number."""
    return [
        {
            "id": f"A-{n:02}",
            "name": NAMES[n % 6] + (f" {n}" if n >= 6 else ""),
            "kind": "BROKER" if n % 5 == 0 else "IMPORTER",
            "status": ["ACTIVE", "SUSPENDED", "PROSPECT"][n % 3],
            "national": n % 4 == 0,
            "opened": date(2010 + n % 7, 1, 1 + n % 28),
            "center": f"CEE00{1 + n % 3}" if n % 4 else None,
            "primary": f"M-{n % 3}" if n % 3 else None,
            "backup": "M-0" if n % 6 == 1 else None,
            "issue": n % 7 == 0,
            "flag": "PENALTY" if n % 8 == 3 else None,
            "value": 1000 * n if n % 2 else 0,
            "chapter": "61" if n % 4 == 1 else "84",
            "origin": "VN" if n % 3 == 1 else "NL",
        }
        for n in range(24)
    ]


def rows() -> list[worlds.Row]:
    made: list[worlds.Row] = [worlds.manager(f"M-{n}", f"Manager {n}") for n in range(3)]
    for one in facts():
        key = f"Account:{one['id']}"
        made.append(
            worlds.account(
                one["id"], one["name"], one["kind"].title(), status=one["status"],
                national=one["national"], openedOn=one["opened"],
            )
        )  # fmt: skip
        if one["center"]:
            made.append(worlds.claim(key, "ASSIGNED_TO", f"Center:{one['center']}", basis="APPEAL"))
        for role in ("primary", "backup"):
            if one[role]:
                who = f"AccountManager:{one[role]}"
                made.append(worlds.claim(key, "MANAGED_BY", who, role=role.upper()))
        if one["issue"]:
            made += _thing("Issue", one["id"], "CONCERNS", key, purpose="ADVICE", status="OPEN",
                           title="Late entries", openedOn=date(2024, 1, 1))  # fmt: skip
        if one["flag"]:
            made += _thing("RiskFlag", one["id"], "FLAGS", key, kind=one["flag"], severity=0.6,
                           raisedOn=date(2024, 1, 1), evidence=[])  # fmt: skip
        if one["value"]:
            figures = {
                "month": date(2026, 5, 1),
                "enteredValue": one["value"] * 100,
                "currency": "USD",
                "chapter": one["chapter"],
                "origin": one["origin"],
            }
            made += _thing("PerformancePeriod", one["id"], "MEASURES", key, **figures)
    return made


def _thing(label: str, id_: str, claim: str, key: str, /, **properties: object) -> list[worlds.Row]:
    return [
        worlds.NodeRow(label, id_, (label,), properties),
        worlds.claim(f"{label}:{id_}", claim, key),
    ]


Test = Callable[[dict[str, Any]], bool]
MANAGERS = {f"M-{n}": ids.encode(f"AccountManager:M-{n}") for n in range(3)}
LEAVES: list[tuple[dict[str, Any], Test]] = [
    ({"kinds": ["BROKER"]}, lambda one: one["kind"] == "BROKER"),
    ({"statuses": ["ACTIVE", "PROSPECT"]}, lambda one: one["status"] != "SUSPENDED"),
    ({"nameContains": "mil"}, lambda one: "Mill" in one["name"]),
    ({"nameContains": "acme"}, lambda one: "Acme" in one["name"]),
    ({"nameContains": "hare"}, lambda one: "Hare" in one["name"]),
    ({"nameContains": "stone mill"}, lambda one: "Mill-Stone" in one["name"]),
    ({"national": True}, lambda one: one["national"]),
    ({"centers": ["CEE001", "Apparel, Footwear & Textiles"]}, lambda o: o["center"] == "CEE001"),
    ({"eligibilities": ["ELIGIBLE"]}, lambda one: one["center"] is not None),
    ({"eligibilities": ["NOT_ELIGIBLE"]}, lambda o: o["center"] is None and o["kind"] == "BROKER"),
    ({"managerIds": [MANAGERS["M-0"]]}, lambda one: "M-0" in (one["primary"], one["backup"])),
    ({"hasPrimaryManager": False}, lambda one: one["primary"] is None),
    ({"isaStatuses": ["ACTIVE"]}, lambda _: False),
    ({"flagKinds": ["PENALTY"]}, lambda one: one["flag"] is not None),
    ({"minRisk": 0.5}, lambda one: one["flag"] is not None),
    ({"ratings": ["LOW"]}, lambda one: one["flag"] is None),
    ({"hasOpenIssue": True}, lambda one: one["issue"]),
    ({"chapters": ["61"]}, lambda one: one["value"] > 0 and one["chapter"] == "61"),
    ({"origins": ["VN"]}, lambda one: one["value"] > 0 and one["origin"] == "VN"),
    ({"minEnteredValue": "9000"}, lambda one: one["value"] >= 9000),
    ({"opened": {"from": "2014-01-01"}}, lambda one: one["opened"] >= date(2014, 1, 1)),
    ({"opened": {"to": "2012-01-05"}}, lambda one: one["opened"] < date(2012, 1, 5)),
    ({"warnings": ["NUMBER_NOT_ACTIVE"]}, lambda _: False),
]


def names(*tests: Test) -> set[str]:
    return {one["name"] for one in facts() if all(test(one) for test in tests)}


ORDERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "NAME_ASC": lambda one: one["name"].casefold().replace("ü", "u"),
    "NAME_DESC": lambda one: one["name"].casefold().replace("ü", "u"),
    "OPENED_DESC": lambda one: (one["opened"], one["id"]),
    "ENTERED_VALUE_DESC": lambda one: (one["value"], one["id"]),
    "RISK_DESC": lambda one: (-(0.6 if one["flag"] else 0.0), one["id"]),
}
