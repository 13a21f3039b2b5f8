"""Managers and specialists, a line each."""

import re
from enum import StrEnum

from graph.load import check
from graph.load.check import Bad
from graph.load.context import Context, dated
from graph.load.fields import Fields, code
from graph.load.references import wish
from graph.load.rows import ClaimRow, NodeRow, Row
from graph.words import search_name


class StaffKind(StrEnum):
    """Who serves accounts."""

    MANAGER = "MANAGER"
    SPECIALIST = "SPECIALIST"


REQUIRED = ("id", "kind", "name")
COLUMNS = {
    *REQUIRED,
    "email",
    "phone",
    "active",
    "national",
    "center",
    "disciplines",
    "valid_from",
    "valid_to",
}
KINDS = {StaffKind.MANAGER: "AccountManager", StaffKind.SPECIALIST: "Specialist"}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"\+[1-9][0-9]{6,14}")


def read(fields: Fields, context: Context) -> list[Row]:
    """The person, the Center and the disciplines."""
    fields.required("kind")
    kind = KINDS[fields.word(StaffKind, "kind") or StaffKind.MANAGER]
    name = fields.required("name")
    active = fields.as_(check.flag, "active")
    properties: dict[str, object] = {
        "name": name,
        "searchName": search_name(name),
        "active": active is not False,
    }
    if "email" in fields:
        properties["email"] = fields.as_(email, "email")
    if "phone" in fields:
        properties["phone"] = fields.as_(phone, "phone")
    if kind == "AccountManager" and "national" in fields:
        properties["national"] = fields.as_(check.flag, "national") or False
    person = NodeRow(kind, fields.id(), (kind,), properties, fields.line)
    if kind == "AccountManager" and active is not False and not fields.text("center"):
        told = ("An active manager belongs to one Center.", "Name it, or set active to false.")
        raise Bad("MANAGER_NEEDS_CENTER", "center", "", *told)
    return [person, *_claims(fields, context, person)]


def _claims(fields: Fields, context: Context, person: NodeRow) -> list[Row]:
    said = context.said(fields, "staff")
    found: list[Row] = []
    if center := fields.text("center"):
        end = wish(center, ("Center",), "center")
        row = ClaimRow("MEMBER_OF", person.key, end, said, line=fields.line)
        found.append(dated(fields, row))
    for item in fields.items("disciplines"):
        if person.kind != "Specialist":
            told = ("A manager practises no discipline.", "Leave it empty.")
            raise Bad("RELATIONSHIP_NOT_ALLOWED", "disciplines", item, *told)
        end = f"Discipline:{code(item, 'disciplines')}"
        row = ClaimRow("PRACTISES", person.key, end, said, line=fields.line)
        found.append(dated(fields, row))
    return found


def email(text: str, column: str) -> str:
    """An e-mail address."""
    if EMAIL.fullmatch(text) is None:
        raise Bad("INVALID_FORMAT", column, text, "This is no address.", "Write name@example.gov.")
    return text


def phone(text: str, column: str) -> str:
    """A telephone number with its country."""
    written = re.sub(r"[\s().-]", "", text)
    if re.fullmatch(r"1?[2-9][0-9]{9}", written):  # as it is written in the country itself
        written = "+1" + written[-10:]
    if PHONE.fullmatch(written) is None:
        told = ("This is no telephone number.", "Write it with its country: +13125550123.")
        raise Bad("INVALID_FORMAT", column, text, *told)
    return written
