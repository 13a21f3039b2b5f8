"""The files of reference data: what each is, told by its columns."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import SetupError
from graph.text import named

FOLDER = Path(__file__).parent
SHIPPED = (
    "centers.csv",
    "hs_chapters.csv",
    "hts_chapters_more.csv",
    "hts_headings.csv",
    "schedule_d_ports.csv",
    "disciplines.csv",
    "vocabularies.csv",
    "countries_currencies.csv",
    "schedule_c_countries.csv",
    "country_names.csv",
    "hts_chapter_center.csv",
    "hts_heading_center_exceptions.csv",
    "risk_policy.json",
)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "centers": ("center_id", "short", "official_name", "field_office", "seed_text_name"),
    "chapters": ("section", "chapter", "description"),
    "headings": ("heading", "chapter", "description"),
    "ports": ("Code", "Name"),
    "disciplines": ("discipline", "name", "reports_to"),
    "terms": ("vocabulary", "code", "label", "description", "source"),
    "countries": ("iso2", "name"),
    "schedule_c": ("Code", "Name", "ISO_Code"),
    "country_names": ("iso2", "country"),
    "chapter_scopes": ("hts_chapter", "default_center", "basis", "confidence", "note"),
    "heading_scopes": ("heading_from", "heading_to", "center", "basis", "source"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its line, from 1, and its cells by column; an absent cell is empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of a column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """One file of reference data."""

    kind: str
    lines: tuple[Line, ...]


def shipped() -> list[Path]:
    """The files that come with the product."""
    return [FOLDER / name for name in SHIPPED]


def table(path: Path) -> Table:
    """A CSV file. Raises SetupError if its columns are those of no kind."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        kind = _kind(path.name, reader.fieldnames or ())
        return Table(kind, tuple(_lines(reader)))


def lines(tables: Iterable[Table], kind: str) -> list[Line]:
    """The lines of one kind: of the given tables, or if there are none, of the shipped ones."""
    given = [line for each in tables if each.kind == kind for line in each.lines]
    return given or list(_shipped(kind))


def _shipped(kind: str) -> Iterator[Line]:
    for path in shipped():
        if path.suffix == ".csv" and (found := table(path)).kind == kind:
            yield from found.lines


def _kind(name: str, columns: Sequence[str]) -> str:
    fits = [kind for kind, needed in COLUMNS.items() if set(needed) <= set(columns)]
    if not fits:
        told = ", ".join(map(named, columns))
        raise SetupError(
            f"{name} is no reference file that is known: its columns are {told}."
            " docs/reference.md names the columns of each kind."
        )
    return max(fits, key=lambda kind: len(COLUMNS[kind]))


def _lines(reader: "csv.DictReader[str]") -> Iterator[Line]:
    for row in reader:
        cells = {column: (cell or "").strip() for column, cell in row.items() if column}
        yield Line(reader.line_num, cells)
