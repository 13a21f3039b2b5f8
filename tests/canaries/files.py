"""Files to load: rows that are taken with a number, and rows that tell one where none may stand."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from graph.load import accounts, parties, performance, relationships, risk_flags, staff
from tests.canaries.marks import SPELLINGS, Marks

Row = dict[str, str]
GOOD = {
    "accounts": (accounts, {
        "id": "L-{n}", "kind": "IMPORTER", "name": "Loaded {n}", "opened_on": "2020-01-01",
        "importer_numbers": "{ein}",
    }),
    "parties": (parties, {"id": "LP-{n}", "kind": "ORGANIZATION", "name": "Loaded {n}"}),
    "relationships": (relationships, {
        "type": "OWNS", "from": "P-1", "to": "O-2", "share": "1", "interest": "SHAREHOLDING",
        "valid_from": "2020-01-01", "source": "Register",
    }),
    "performance": (performance, {"account": "A-1", "month": "2024-0{m}"}),
    "risk-flags": (risk_flags, {
        "id": "LF-{n}", "kind": "IPR", "severity": "0.1", "raised_on": "2024-01-01",
        "subject": "O-1", "evidence": "Notice",
    }),
    "staff": (staff, {
        "id": "LM-{n}", "kind": "MANAGER", "name": "Loaded {n}", "center": "CEE004",
    }),
}  # fmt: skip
"""A module of each content, and a row that is taken."""
PROSE = {"name", "aliases", "note", "resolution", "reason", "evidence"}
NINE = PROSE | {
    *("duns", "license_number", "legal_form", "email", "evidence_reference", "evidence_url"),
    *("source", "source_reference", "source_url"),
}
"""What may have nine digits in a row: in a file they are taken for a number of a register."""
DAYS = {"account", "month"}
"""Of the columns of performance those that are no figures: a figure may have nine digits."""


@dataclass
class File:
    """A file of one content; `count` of its rows have a number where none may stand, or one may."""

    content: str
    format: str
    text: str
    count: int


def files(marks: Marks) -> Iterator[File]:
    """For each content a file that has every column in every spelling once, in both formats."""
    for content in GOOD:
        columns, rows = _rows(content, marks, "CSV")
        lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
        text = "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)
        yield File(content, "CSV", text, len(rows))
        _, rows = _rows(content, marks, "JSON")
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        yield File(content, "JSON_LINES", text, len(rows))


def _rows(content: str, marks: Marks, format: str) -> tuple[list[str], list[Row]]:
    module, good = GOOD[content]
    columns = sorted({*module.COLUMNS, "source", "source_reference", "source_url"})
    found: list[Row] = []
    for column in columns:
        number = marks.new(f"{format} of {content}, column {column}")
        for turn, (name, spell) in enumerate(SPELLINGS.items()):
            figure = content == "performance" and column not in {*DAYS, *PROSE}
            if name == "nothing" and (column in NINE or figure):
                continue
            text = spell(number)
            text = f"Said {text}, they say" if column in PROSE and turn % 2 else text
            n = f"{format[0]}{len(found)}"
            ein = f"1{len(format)}-{len(found):07}AA"
            row = {k: v.format(n=n, m=len(found) % 9 + 1, ein=ein) for k, v in good.items()}
            found.append({**row, column: text})
    return columns, found


def numbered(marks: Marks, count: int = 20) -> str:
    """Accounts that are identified by numbers, all of which are taken."""
    lines = ["id,kind,name,opened_on,importer_numbers"]
    for n in range(count):
        number = marks.new(f"account C-{n}, which is taken")
        lines.append(f"C-{n},IMPORTER,Carried {n},2020-01-01,{number}")
    return "\n".join(lines) + "\n"
