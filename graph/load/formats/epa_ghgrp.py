"""EPA's greenhouse gas reporting: facilities, a parent company of each, and its percentage."""

import re
from datetime import date

from graph.load import check
from graph.load.bare import Bare
from graph.load.context import Context
from graph.load.fields import Fields
from graph.load.formats.names import ALL, by_name, party
from graph.load.rows import ClaimRow, NodeRow, Row, Source

REQUIRED = ("facility_id", "facility_name", "parent_name", "percent")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
TERRITORIES = {"PR", "GU", "VI", "AS", "MP"}  # with country codes of their own


def read(fields: Fields, context: Context) -> list[Row]:
    """The facility, its parent, and the share; an empty percentage is not disclosed."""
    facility = fields.must(check.identity, "facility_id")
    name, parent = fields.required("facility_name"), fields.required("parent_name")
    state = fields.text("state") or ""
    country = state if state in TERRITORIES else "US"
    share = fields.as_(check.share, "percent")
    owned = party(NodeRow, "epa-ghgrp", facility, name, fields.line)
    owned.properties["country"] = country
    owner = by_name(Bare, "epa-ghgrp", parent, fields.line)
    year = YEAR.search(context.source or "")
    claim = ClaimRow(
        "OWNS",
        owner.key,
        owned.key,
        Source(context.source or "EPA GHGRP", facility, None, context.at),
        date(int(year[1]), 1, 1) if year else None,
        properties=_share(share),
        line=fields.line,
    )
    return [owned, owner, claim]


def source_of(file: str) -> str:
    """The name of the source where none is given: the year is in the file's name."""
    year = YEAR.search(file.replace("_", " "))
    return f"EPA GHGRP {year[1]}" if year else "EPA GHGRP"


def _share(share: check.Share | None) -> dict[str, object]:
    text = {"shareText": share.text} if share and share.text else {}
    return {
        "minShare": share.low if share else 0,
        "maxShare": share.high if share else ALL,
        "disclosed": share is not None,
        "interest": "SHAREHOLDING",
        **text,
    }
