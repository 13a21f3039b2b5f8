"""What the graph and the model begin with, from the same rows."""

from dataclasses import replace

from graph.identifiers import IdentifierKey
from graph.load.rows import ClaimRow, NodeRow
from tests import worlds
from tests.commands.conftest import term
from tests.model.accounts import CENTERS
from tests.model.state import Claim, State, identity
from tests.model.strategies import DISCIPLINES

TEXTS = [f"61-2345{place:03d}00" for place in range(12)]
KEPT = ("name", "status", "national", "openedOn", "active")


def rows(key: IdentifierKey) -> list[worlds.Row]:
    """Four importers of two numbers each, a broker, loose numbers, staff and parties."""
    found: list[worlds.Row] = [
        term("RISK_FLAG_KIND", "IPR"),
        term("RISK_FLAG_KIND", "PENALTY"),
        term("TOPIC", "AUDIT"),
        *(term("COUNTRY", code) for code in ("US", "CA")),
        *(
            NodeRow("Discipline", code, ("Discipline",), {"code": code, "name": code})
            for code in DISCIPLINES
        ),
        term("POWER_OF_ATTORNEY_SCOPE", "IMPORT"),
        *(worlds.center(code, f"Center {code}") for code in CENTERS),
        worlds.manager("M-1", "R. Alder"),
        worlds.manager("M-2", "S. Birch"),
        worlds.manager("M-3", "T. Cedar"),
        worlds.manager("M-9", "U. Dogwood", active=False),
        *(worlds.claim(f"AccountManager:M-{n}", "MEMBER_OF", "Center:CEE004") for n in (1, 2, 3)),
        NodeRow("Specialist", "S-1", ("Specialist",), {"name": "Anna", "active": True}),
        NodeRow("Specialist", "S-9", ("Specialist",), {"name": "Bert", "active": False}),
        worlds.account("B-1", "Broker", "Broker"),
        worlds.code("AB1"),
        worlds.claim("FilerCode:AB1", "IDENTIFIES", "Account:B-1"),
        worlds.person("P-1", "Iris Fenwick"),
        *(worlds.organization(f"O-{place}", f"Company {place}") for place in (1, 2, 3)),
        *(worlds.number(key, f"N-{n + 1}", text) for n, text in enumerate(TEXTS)),
    ]
    for place in range(4):
        found.append(worlds.account(f"A-{place + 1}", f"Importer {place}"))
        for number in (2 * place + 1, 2 * place + 2):
            start, end = f"ImporterNumber:N-{number}", f"Account:A-{place + 1}"
            found.append(worlds.claim(start, "IDENTIFIES", end))
    return found


def state(given: list[worlds.Row]) -> State:
    """The model of the same."""
    found = State()
    for row in given:
        if isinstance(row, NodeRow):
            kept = {name: row.properties[name] for name in KEPT if name in row.properties}
            found.things[row.key] = {"kind": row.labels[-1], **kept}
            if row.labels[0] == "Account":
                found.things[row.key] |= {"closedOn": None, "centerEligibility": None}
        else:
            made = _claim(row)
            found.claims[made.identity] = made
    found.numbers = {text: f"ImporterNumber:N-{n + 1}" for n, text in enumerate(TEXTS)}
    return found


def _claim(row: ClaimRow) -> Claim:
    """A loaded claim: known by its first day, not by the reference of its source."""
    made = Claim(row.type, row.start, row.end, row.valid_from, row.valid_to)
    loaded = replace(made, source=("Register", None))
    return replace(loaded, identity=identity(loaded), source=("Register", "row 1"))
