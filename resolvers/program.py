"""Fields of flags and shared attributes."""

import json

import strawberry

from graph import records
from resolvers.at_hand import at_hand
from resolvers.context import Info
from resolvers.relationship import OWN, bare, term

VOCABULARIES = {
    records.RiskFlag: "RISK_FLAG_KIND",
    records.SharedAttribute: "SHARED_ATTRIBUTE_KIND",
}


@at_hand(lambda thing: bare(thing.kind_code), OWN)
async def kind(
    thing: strawberry.Parent[records.RiskFlag | records.SharedAttribute], info: Info
) -> records.Term | None:
    """The kind, as a term of its vocabulary."""
    return await term(info, VOCABULARIES[type(thing)], thing.kind_code)


def evidence(flag: strawberry.Parent[records.RiskFlag]) -> list[records.Source]:
    """Evidence, at least one."""
    return [_source(json.loads(text)) for text in flag.evidence_texts]


def _source(given: dict[str, str]) -> records.Source:
    return records.Source(given["name"], given.get("reference"), given.get("url"))
