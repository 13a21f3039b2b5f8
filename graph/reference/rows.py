"""Reference files to rows: things, scopes, terms, and the rows kept out with their reason."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from graph.load.rows import ClaimRow, NodeRow, Refusal
from graph.reference.checks import Refused, coded, days, filled, refuse
from graph.reference.countries import countries
from graph.reference.policy import policy
from graph.reference.scopes import chapter_scope, heading_scope
from graph.reference.tables import Line, Table, table
from graph.reference.terms import term

Item = NodeRow | ClaimRow | Refusal
Maker = Callable[[Line, Sequence[Table]], Iterable[NodeRow | ClaimRow]]

STATES = {"NOTELG", "PNDING"}


def read(files: Sequence[Path]) -> Iterator[Item]:
    """The rows of these files, things before the claims about them.

    A file's columns tell its kind; a `.json` file is a risk policy. Raises SetupError for a file
    that is of no kind.
    """
    yield from (policy(path) for path in files if path.suffix == ".json")
    tables = [table(path) for path in files if path.suffix != ".json"]
    yield from countries(tables)
    for kind in MAKERS:
        for each in tables:
            if each.kind == kind:
                yield from _items(each, tables)


def _items(read_from: Table, tables: Sequence[Table]) -> Iterator[Item]:
    make = MAKERS[read_from.kind]
    for line in read_from.lines:
        try:
            yield from make(line, tables)
        except Refused as refused:
            yield refused.refusal


def _center(line: Line, _: Sequence[Table]) -> Iterator[NodeRow]:
    if line["center_id"] in STATES:
        reason = "It is a state of an account without a Center (centerEligibility), not a Center."
        raise refuse(line, "center_id", "NOT_A_CENTER", reason, "None needed.")
    code, name = coded(line, "center_id", "center"), filled(line, "official_name")
    others = (line["seed_text_name"], name.replace(" and ", " & "), line["short"])
    yield NodeRow(
        "Center",
        code,
        ("Center",),
        {
            "code": code,
            "name": name,
            "alternateNames": [other for other in others if other not in ("", name)],
            "office": filled(line, "field_office").partition(",")[0],
        },
        line.number,
    )


def _discipline(line: Line, _: Sequence[Table]) -> Iterator[NodeRow]:
    code = coded(line, "discipline", "code")
    told: dict[str, object] = {
        "code": code,
        "name": filled(line, "name"),
        "reportsTo": filled(line, "reports_to"),
    }
    yield NodeRow("Discipline", code, ("Discipline",), told, line.number)


def _port(line: Line, _: Sequence[Table]) -> Iterator[NodeRow]:
    code = coded(line, "Code", "port")
    told: dict[str, object] = {"code": code, "name": filled(line, "Name")}
    yield NodeRow("Port", code, ("Port",), told, line.number)


def _chapter(line: Line, _: Sequence[Table]) -> Iterator[NodeRow]:
    code = coded(line, "chapter", "chapter")
    told: dict[str, object] = {"code": code, "title": filled(line, "description")}
    yield NodeRow("HtsChapter", code, ("HtsChapter",), told, line.number)


def _heading(line: Line, _: Sequence[Table]) -> Iterator[NodeRow]:
    code, chapter = coded(line, "heading", "heading"), coded(line, "chapter", "chapter")
    if not code.startswith(chapter):
        reason = "The heading does not begin with its chapter."
        raise refuse(line, "chapter", "BAD_CODE", reason, "Correct one of them.")
    title = filled(line, "description").removeprefix("[HS] ")
    told: dict[str, object] = {"code": code, "chapter": chapter, "title": title}
    yield NodeRow("HtsHeading", code, ("HtsHeading",), told, line.number)


def _term(line: Line, _: Sequence[Table]) -> Iterator[NodeRow]:
    yield term(
        coded(line, "vocabulary", "code"),
        coded(line, "code", "code"),
        filled(line, "label"),
        line.number,
        description=line["description"],
        source=line["source"],
        days=days(line),
    )


MAKERS: dict[str, Maker] = {
    "centers": _center,
    "disciplines": _discipline,
    "ports": _port,
    "chapters": _chapter,
    "headings": _heading,
    "terms": _term,
    "chapter_scopes": chapter_scope,
    "heading_scopes": heading_scope,
}
