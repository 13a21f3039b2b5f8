"""Wikidata's owner edges: who owns or acquired a company, without a percentage."""

from datetime import date

from graph.load import check
from graph.load.bare import Bare
from graph.load.context import Context
from graph.load.fields import Fields
from graph.load.formats.names import ALL, by_name
from graph.load.rows import ClaimRow, Row, Source

REQUIRED = ("company", "acquirer")


def read(fields: Fields, context: Context) -> list[Row]:
    """The company, who owns it, and since when; no share is given, nor who is a person."""
    owned = by_name(Bare, "wikidata", fields.required("company"), fields.line)
    owner = by_name(Bare, "wikidata", fields.required("acquirer"), fields.line)
    since: date | None = fields.as_(check.day, "date")
    claim = ClaimRow(
        "OWNS",
        owner.key,
        owned.key,
        Source(context.source or "Wikidata", None, None, context.at),
        since,
        properties={
            "minShare": 0,
            "maxShare": ALL,
            "disclosed": False,
            "interest": "UNKNOWN",
        },
        line=fields.line,
    )
    return [owned, owner, claim]
