"""Relationships, a line each."""

from graph.load import check
from graph.load.check import Bad
from graph.load.context import Context, dated
from graph.load.ends import ENDS
from graph.load.fields import Fields
from graph.load.references import code, code_row, number, number_row, wish
from graph.load.rows import ClaimRow, NodeRow, Row
from graph.secrecy import LIKE_A_NUMBER
from graph.terms import CenterBasis, Interest, ManagerRole, RelationshipType

REQUIRED = ("type", "from", "to")
SHARES = ("share", "min_share", "max_share")
COLUMNS = {
    *REQUIRED,
    *SHARES,
    "interest",
    "officer_role",
    "role",
    "basis",
    "topic",
    "scope",
    "part",
    "number_id",
    "valid_from",
    "valid_to",
    "reason",
}
ELSEWHERE = {"SCOPE_OF": "reference-data", "MEASURES": "performance"}
ALL = 1_000_000_000


def read(fields: Fields, context: Context) -> list[Row]:
    """The claim, and the number or code it names if that is new."""
    fields.required("type")
    type_ = str(fields.word(RelationshipType, "type"))
    if type_ in ELSEWHERE:
        told = (f"{type_} is not loaded here.", f"Load it as {ELSEWHERE[type_]}.")
        raise Bad("RELATIONSHIP_NOT_ALLOWED", "type", type_, *told)
    start, first = reference(fields, "from", type_, 0, context)
    end, second = reference(fields, "to", type_, 1, context)
    said = context.said(fields, "relationships")
    told_apart = fields.text("source_reference") or ""
    row = ClaimRow(
        type_,
        start,
        end,
        said,
        properties=_properties(fields, type_),
        discriminator=told_apart,
        line=fields.line,
    )
    return [*first, *second, dated(fields, row)]


def reference(
    fields: Fields, column: str, type_: str, end: int, context: Context
) -> tuple[str, list[NodeRow]]:
    """The end that a column names, and its thing where the value itself is enough to make it."""
    kinds = ENDS[type_][end]
    text = fields.required(column)
    registered = "Party" in kinds and text.isdigit()  # nine digits: a DUNS number
    if "ImporterNumber" in kinds and not registered and LIKE_A_NUMBER.fullmatch(text):
        id_ = fields.as_(check.identity, "number_id")
        row = number_row(number(text, column), context.key, fields.line, id_)
        return row.key, [row]
    if set(kinds) <= {"ImporterNumber", "FilerCode"} and ":" not in text:
        if "FilerCode" not in kinds or len(text) != 3:
            number(text, column)  # tells what is wrong with it
        row = code_row(code(text, column), fields.line)
        return row.key, [row]
    return wish(text, kinds, column), []


def _properties(fields: Fields, type_: str) -> dict[str, object]:
    if type_ == "OWNS":
        return _owns(fields)
    if type_ == "CONTROLS":
        return {"interest": str(fields.word(Interest, "interest") or Interest.UNKNOWN)}
    if type_ == "MANAGED_BY":
        return {"role": str(fields.word(ManagerRole, "role") or ManagerRole.PRIMARY)}
    if type_ == "ASSIGNED_TO":
        basis = fields.word(CenterBasis, "basis")
        return {"basis": basis.value} if basis else {}
    named = {"OFFICER_OF": "officer_role", "SERVES": "topic", "HANDLED_BY": "part"}
    if type_ == "GRANTED_POA":
        return {"scope": fields.code("scope")}
    if column := named.get(type_):
        return {"officerRole" if column == "officer_role" else column: fields.code(column)}
    return {}


def _owns(fields: Fields) -> dict[str, object]:
    """A share: exact, or between two bounds, or not disclosed."""
    exact, low, high = (fields.as_(check.share, column) for column in SHARES)
    if exact and (low or high):
        told = ("An exact share has no bounds.", "Give either share, or min_share and max_share.")
        raise Bad("INVALID_FORMAT", "share", fields.text("share") or "", *told)
    low, high = exact or low, exact or high
    text = exact.text if exact else None
    return {
        "minShare": low.low if low else 0,
        "maxShare": high.high if high else ALL,
        "disclosed": bool(low or high),
        "interest": str(fields.word(Interest, "interest") or Interest.SHAREHOLDING),
        **({"shareText": text} if text else {}),
    }
