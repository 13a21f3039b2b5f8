"""Accounts with their identifiers and Center, a line each."""

from graph.load import check
from graph.load.check import Bad
from graph.load.context import Context, dated
from graph.load.fields import Fields
from graph.load.references import code, code_row, number, number_row, wish
from graph.load.rows import ClaimRow, NodeRow, Row
from graph.terms import AccountKind, AccountStatus, CenterBasis
from graph.words import search_name

REQUIRED = ("id", "kind", "name")
COLUMNS = {
    *REQUIRED,
    "status",
    "national",
    "opened_on",
    "closed_on",
    "license_number",
    "importer_numbers",
    "number_ids",
    "filer_codes",
    "center",
    "center_basis",
    "valid_from",
    "valid_to",
}


def read(fields: Fields, context: Context) -> list[Row]:
    """The account, its numbers and codes, and what joins them."""
    kind = fields.word(AccountKind, "kind")
    if kind is None:
        fields.required("kind")
    account = _account(fields, str(kind))
    numbers = _numbers(fields, context)
    holder = "BROKER" if kind is AccountKind.BROKER else "SELF_FILER"
    written = [code(item, "filer_codes") for item in fields.items("filer_codes")]
    codes = [code_row(item, fields.line, holder) for item in written]
    _needs(fields, account, kind, numbers, codes)
    said = context.said(fields, "accounts")
    identified: list[Row] = [
        dated(fields, ClaimRow("IDENTIFIES", row.key, account.key, said, line=fields.line))
        for row in (*numbers, *codes)
    ]
    return [account, *numbers, *codes, *identified, *_center(fields, context, account)]


def _account(fields: Fields, kind: str) -> NodeRow:
    name = fields.required("name")
    status = fields.word(AccountStatus, "status") or AccountStatus.ACTIVE
    properties: dict[str, object] = {
        "name": name,
        "searchName": search_name(name),
        "status": status.value,
        "openedOn": fields.day("opened_on"),
    }
    if "national" in fields:
        properties["national"] = fields.as_(check.flag, "national") or False
    if "closed_on" in fields:
        properties["closedOn"] = fields.day("closed_on")
    if "license_number" in fields:
        properties["licenseNumber"] = fields.text("license_number")
    labels = ("Account", kind.capitalize())
    return NodeRow("Account", fields.id(), labels, properties, fields.line)


def _numbers(fields: Fields, context: Context) -> list[NodeRow]:
    parsed = [number(item, "importer_numbers") for item in fields.items("importer_numbers")]
    ids: list[str | None] = [check.identity(i, "number_ids") for i in fields.items("number_ids")]
    if ids and len(ids) != len(parsed):
        told = (f"There are {len(parsed)} numbers and {len(ids)} ids.", "Give one id a number.")
        raise Bad("INVALID_FORMAT", "number_ids", fields.text("number_ids") or "", *told)
    pairs = zip(parsed, ids or [None] * len(parsed), strict=True)
    return [number_row(one, context.key, fields.line, id_, not id_) for one, id_ in pairs]


def _needs(
    fields: Fields,
    account: NodeRow,
    kind: AccountKind | None,
    numbers: list[NodeRow],
    codes: list[NodeRow],
) -> None:
    """An importer is identified by a number, a broker by a filer code, while it is active."""
    broker = kind is AccountKind.BROKER
    if account.properties["status"] == AccountStatus.ACTIVE and not (codes if broker else numbers):
        column, what = ("filer_codes", "filer code") if broker else ("importer_numbers", "number")
        told = (f"An active account needs a {what}.", "Give one, or another status.")
        raise Bad("ACCOUNT_NEEDS_IDENTIFIER", column, "", *told)
    if account.properties["openedOn"] is None:
        fields.required("opened_on")


def _center(fields: Fields, context: Context, account: NodeRow) -> list[Row]:
    if (center := fields.text("center")) is None:
        return []
    basis = fields.word(CenterBasis, "center_basis")
    row = ClaimRow(
        "ASSIGNED_TO",
        account.key,
        wish(center, ("Center",), "center"),
        context.said(fields, "accounts"),
        properties={"basis": basis.value} if basis else {},
        line=fields.line,
    )
    return [dated(fields, row)]
