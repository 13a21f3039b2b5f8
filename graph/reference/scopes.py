"""Which Center handles which tariff headings: dated claims, each naming what it rests on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from graph.load.rows import ClaimRow, Source
from graph.reference.checks import coded, days, refuse
from graph.reference.tables import Line, Table, lines
from graph.rows import OPEN_DAY, UNKNOWN_DAY

SOURCES = {  # by basis, the strongest first: its place is part of the precedence
    "cbp_published": "Published by CBP",
    "fr_summary": "Federal Register, read in a summary",
    "cbp_wro_table": "Inferred from CBP's table of forced-labor orders",
    "inferred": "Inferred by Account Graph, not CBP's",
}
WHOLE = "chapter"


def chapter_scope(line: Line, tables: Sequence[Table]) -> Iterator[ClaimRow]:
    """The Center of a whole chapter, tried after the ranges of headings. Raises Refused."""
    chapter = coded(line, "hts_chapter", "chapter")
    center = _center(line, "default_center", line["note"])
    lost = _unknown(tables)[chapter]
    reason = (
        f"Not known to which Center these headings belong: {', '.join(lost)}." if lost else None
    )
    shared = {"confidence": line["confidence"]} if line["confidence"] else {}
    yield _claim(line, chapter, center, line["note"], len(SOURCES), WHOLE, shared, reason)


def heading_scope(line: Line, tables: Sequence[Table]) -> Iterator[ClaimRow]:
    """The Center of a range of headings, a claim per chapter it touches. Raises Refused."""
    first, last = coded(line, "heading_from", "heading"), coded(line, "heading_to", "heading")
    if first > last:
        reason = "heading_to comes before heading_from."
        raise refuse(line, "heading_to", "BAD_INTERVAL", reason, "Correct one of the headings.")
    center = _center(line, "center", line["source"])
    default = _defaults(tables)
    for chapter, low, high in _parts(first, last):
        whole = (low, high) == (f"{chapter}01", f"{chapter}99")
        if whole and default.get(chapter) == center:
            continue  # the chapter's own row says it already
        bounds = {"fromHeading": low, "toHeading": high}
        yield _claim(line, chapter, center, line["source"], 0, f"{low}-{high}", bounds)


def _claim(
    line: Line,
    chapter: str,
    center: str,
    reference: str,
    rank: int,
    discriminator: str,
    properties: Mapping[str, object],
    reason: str | None = None,
) -> ClaimRow:
    basis = line["basis"]
    if basis not in SOURCES:
        known = f"basis must be one of {', '.join(SOURCES)}."
        raise refuse(line, "basis", "BAD_CODE", known, "Correct the basis.")
    precedence = 1 + rank + list(SOURCES).index(basis)
    first, last = days(line)
    return ClaimRow(
        "SCOPE_OF",
        f"HtsChapter:{chapter}",
        f"Center:{center}",
        Source(SOURCES[basis], reference or None),
        _known(first),
        _known(last),
        {**properties, "precedence": precedence, "basis": basis},
        discriminator,
        reason=reason,
        line=line.number,
    )


def _known(day: date) -> date | None:
    return None if day in (UNKNOWN_DAY, OPEN_DAY) else day


def _center(line: Line, column: str, why: str) -> str:
    if not line[column]:
        reason = f"No Center is known for it: {why}."
        raise refuse(line, column, "NO_CENTER", reason, "Fill in the Center when it is known.")
    return coded(line, column, "center")


def _parts(first: str, last: str) -> Iterator[tuple[str, str, str]]:
    """A range of headings cut at the chapters: chapter, first and last heading."""
    for number in range(int(first[:2]), int(last[:2]) + 1):
        chapter = f"{number:02}"
        yield chapter, max(first, f"{chapter}01"), min(last, f"{chapter}99")


def _defaults(tables: Sequence[Table]) -> dict[str, str]:
    return {each["hts_chapter"]: each["default_center"] for each in lines(tables, "chapter_scopes")}


def _unknown(tables: Sequence[Table]) -> dict[str, list[str]]:
    """The ranges that have no Center, by chapter."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in lines(tables, "heading_scopes"):
        if not each["center"]:
            first, last = each["heading_from"], each["heading_to"]
            found[first[:2]].append(first if first == last else f"{first} to {last}")
    return found
