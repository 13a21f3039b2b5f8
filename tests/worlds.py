"""Tiny named graphs as rows, drawn in their docstrings, written by the product's own writer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from graph.identifiers import IdentifierKey, parse_number
from graph.load.rows import ClaimRow as ClaimRow
from graph.load.rows import NodeRow as NodeRow
from graph.load.rows import Source

RECORDED = datetime(2021, 1, 1, tzinfo=UTC)
SINCE = date(2020, 1, 1)
REGISTER = Source("Register", "row 1", "https://register.example/1")
Row = NodeRow | ClaimRow


@dataclass(frozen=True)
class World:
    """What one test writes."""

    rows: tuple[Row, ...]


def account(id: str, name: str, kind: str = "Importer", **more: object) -> NodeRow:
    properties = {"name": name, "status": "ACTIVE", "national": False, "openedOn": SINCE, **more}
    return NodeRow("Account", id, ("Account", kind), properties)


def number(key: IdentifierKey, id: str, text: str, status: str = "ACTIVE") -> NodeRow:
    parsed = parse_number(text, fakes=frozenset())
    properties: dict[str, object] = {
        "lookup": key.lookup(parsed.canonical),
        "keyId": key.key_id,
        "type": parsed.type.value,
        "display": parsed.display,
        "status": status,
    }
    if parsed.root:
        properties |= {"root": parsed.root, "suffix": parsed.suffix}
    return NodeRow("ImporterNumber", id, ("ImporterNumber",), properties)


def code(text: str) -> NodeRow:
    properties: dict[str, object] = {"code": text, "holderKind": "BROKER"}
    return NodeRow("FilerCode", text, ("FilerCode",), properties)


def organization(id: str, name: str, **more: object) -> NodeRow:
    return NodeRow("Party", id, ("Party", "Organization"), {"name": name, **more})


def person(id: str, name: str) -> NodeRow:
    return NodeRow("Party", id, ("Party", "Person"), {"name": name})


def unspecified(id: str, reason: str) -> NodeRow:
    properties: dict[str, object] = {"name": "Not disclosed", "unspecifiedReason": reason}
    return NodeRow("Party", id, ("Party", "Unspecified"), properties)


def manager(id: str, name: str, *, active: bool = True) -> NodeRow:
    properties: dict[str, object] = {
        "name": name,
        "email": f"{id.lower()}@cbp.example",
        "active": active,
        "national": True,
    }
    return NodeRow("AccountManager", id, ("AccountManager",), properties)


def center(code: str, name: str, *others: str) -> NodeRow:
    properties: dict[str, object] = {
        "code": code,
        "name": name,
        "alternateNames": list(others),
        "office": "Somewhere",
    }
    return NodeRow("Center", code, ("Center",), properties)


def claim(
    start: str,
    type: str,
    end: str,
    since: date | None = SINCE,
    until: date | None = None,
    **properties: object,
) -> ClaimRow:
    return ClaimRow(type, start, end, REGISTER, since, until, properties)


def owns(owner: str, asset: str, low: int, high: int | None = None, **more: object) -> ClaimRow:
    """A share in percent; a range with two figures."""
    most = low if high is None else high
    shares = {"minShare": low * 10_000_000, "maxShare": most * 10_000_000, "disclosed": True}
    properties = {"interest": "SHAREHOLDING", **shares, **more}
    return ClaimRow("OWNS", owner, asset, REGISTER, SINCE, None, properties)


def harbor(key: IdentifierKey) -> World:
    """
    iris -60%-> holdings -holds-> 12-3456789AB, 12-3456789AC -identify-> A-1 (Harbor Textiles)
    u-1  -?---> holdings          A-1 managed by M-1 (PRIMARY), M-2 (BACKUP), at CEE004
    holdings -100%-> mill         M-1 and M-2 are members of CEE004
    """
    return World(
        (
            account("A-1", "Harbor Textiles", national=True),
            number(key, "N-1", "12-3456789AB"),
            number(key, "N-2", "12-3456789AC", "INACTIVE"),
            organization("O-1", "Harbor Holdings", country="NL", aliases=["Häfen & Söhne"]),
            organization("O-2", "Harbor Mill"),
            person("P-1", "Iris Fenwick"),
            unspecified("U-1", "PARTY_EXEMPT"),
            manager("M-1", "R. Alder"),
            manager("M-2", "S. Birch"),
            center("CEE004", "Apparel, Footwear and Textiles", "Clothing, footwear and textiles"),
            claim("ImporterNumber:N-1", "IDENTIFIES", "Account:A-1"),
            claim("ImporterNumber:N-2", "IDENTIFIES", "Account:A-1"),
            claim("Party:O-1", "HOLDS", "ImporterNumber:N-1"),
            claim("Party:O-1", "HOLDS", "ImporterNumber:N-2"),
            owns("Party:P-1", "Party:O-1", 60),
            owns("Party:U-1", "Party:O-1", 0, 100, disclosed=False),
            owns("Party:O-1", "Party:O-2", 100),
            claim("AccountManager:M-1", "MEMBER_OF", "Center:CEE004"),
            claim("AccountManager:M-2", "MEMBER_OF", "Center:CEE004"),
            claim("Account:A-1", "MANAGED_BY", "AccountManager:M-1", role="PRIMARY"),
            claim("Account:A-1", "MANAGED_BY", "AccountManager:M-2", role="BACKUP"),
            claim("Account:A-1", "ASSIGNED_TO", "Center:CEE004", basis="PREDOMINANT_NUMBER"),
        )
    )
