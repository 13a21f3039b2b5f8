"""The harbor's account with a team of specialists, another Center, and requests to move there."""

from datetime import date

from graph.load.write import write
from graph.session import Graph
from tests import worlds


def reference(kind: str, id_: str, **properties: object) -> worlds.NodeRow:
    return worlds.NodeRow(kind, id_, (kind,), {"code": id_, **properties})


def specialist(id_: str, name: str, *, active: bool = True) -> worlds.NodeRow:
    properties: dict[str, object] = {"name": name, "active": active}
    return worlds.NodeRow("Specialist", id_, ("Specialist",), properties)


def asked(id_: str, day: date, state: str, decided: date | None = None) -> worlds.NodeRow:
    properties: dict[str, object] = {
        "account": "A-1",
        "fromCenter": "CEE004",
        "toCenter": "CEE010",
        "basis": "INTENDED_USE",
        "state": state,
        "statement": "The goods are machine parts.",
        "requestedOn": day,
        "requestedBy": "Harbor Textiles",
        "decidedOn": decided,
        "decidedBy": "The desk" if decided else None,
        "decision": "No." if decided else None,
        "appeals": "CR-1" if id_ == "CR-2" else None,
    }
    return worlds.NodeRow("CenterChangeRequest", id_, ("CenterChangeRequest",), properties)


async def teamed(harbor: Graph) -> Graph:
    """The same graph, with whom works with its account.

    harbor, and:  S-1, S-2 (auditors), S-3 (entry, left) serve A-1; S-1, S-2, S-4 are at CEE004
    A-2 (broker, code B76) without anybody; chapter 61 is CEE004's, its 6101..6105 CEE010's
    """
    serves = {"S-1": date(2022, 1, 1), "S-2": date(2021, 1, 1), "S-3": date(2020, 1, 1)}
    practise = {"S-1": "REGULATORY_AUDITOR", "S-2": "REGULATORY_AUDITOR", "S-3": "ENTRY_SPECIALIST"}
    rows: list[worlds.Row] = [
        worlds.account("A-2", "Pelican Brokers", "Broker"),
        worlds.code("B76"),
        worlds.center("CEE010", "Machinery"),
        reference("Discipline", "REGULATORY_AUDITOR", name="Regulatory auditor", reportsTo="A"),
        reference("Discipline", "ENTRY_SPECIALIST", name="Entry specialist", reportsTo="Center"),
        reference("HtsChapter", "61", title="Knitted apparel"),
        *(
            worlds.NodeRow(
                "HtsHeading", heading, ("HtsHeading",), {"code": heading, "chapter": "61"}
            )
            for heading in (f"61{n:02}" for n in range(1, 18))
        ),
        specialist("S-1", "Una Auditor"),
        specialist("S-2", "Abe Auditor"),
        specialist("S-3", "Eve Entry", active=False),
        specialist("S-4", "Zoe Auditor"),
        asked("CR-1", date(2023, 1, 10), "DENIED", date(2023, 3, 1)),
        asked("CR-2", date(2023, 4, 1), "REQUESTED"),
        worlds.claim("FilerCode:B76", "IDENTIFIES", "Account:A-2"),
        worlds.claim("Specialist:S-4", "PRACTISES", "Discipline:REGULATORY_AUDITOR"),
        worlds.claim("HtsChapter:61", "SCOPE_OF", "Center:CEE004", precedence=8, basis="inferred"),
        worlds.claim(
            "HtsChapter:61", "SCOPE_OF", "Center:CEE010", precedence=1, basis="inferred",
            fromHeading="6101", toHeading="6105",
        ),
    ]  # fmt: skip
    for name, since in serves.items():
        who = f"Specialist:{name}"
        rows.append(worlds.claim(who, "SERVES", "Account:A-1", since, topic="VALUATION"))
        rows.append(worlds.claim(who, "PRACTISES", f"Discipline:{practise[name]}"))
        rows.append(worlds.claim(who, "MEMBER_OF", "Center:CEE004"))
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    harbor.statements = 0
    return harbor
