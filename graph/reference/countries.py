"""The terms of COUNTRY: ISO's codes, each under the first name that one of three files has."""

from collections.abc import Iterator, Sequence

from graph.load.rows import NodeRow, Refusal
from graph.reference.checks import Refused, coded, refuse
from graph.reference.tables import Line, Table, lines
from graph.reference.terms import term

FILES = {"countries", "schedule_c", "country_names"}
ISO = "ISO 3166-1"
CENSUS = "Census Schedule C"


def countries(tables: Sequence[Table]) -> Iterator[NodeRow | Refusal]:
    """The terms, if one of the files is given; the others are then the shipped ones."""
    if not FILES & {each.kind for each in tables}:
        return
    more = {line["iso2"]: line["country"] for line in lines(tables, "country_names")}
    census = {line["ISO_Code"]: line["Name"] for line in lines(tables, "schedule_c")}
    known = lines(tables, "countries")
    for line in known:
        try:
            yield _country(line, more, census)
        except Refused as refused:
            yield refused.refusal
    codes = {line["iso2"] for line in known}
    for line in lines(tables, "schedule_c"):
        if line["ISO_Code"] not in codes:
            reason = "It is not a code of ISO 3166-1."
            yield refuse(line, "ISO_Code", "NOT_ISO", reason, "Leave it out.").refusal


def _country(line: Line, more: dict[str, str], census: dict[str, str]) -> NodeRow:
    code = coded(line, "iso2", "country")
    name = line["name"].removesuffix(" (the)") or more.get(code)
    label = name or census.get(code)
    if not label:
        raise refuse(line, "name", "MISSING", "No file names it.", "Fill in the name.")
    return term("COUNTRY", code, label, line.number, source=ISO if name else CENSUS)
