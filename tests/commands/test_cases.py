"""Every mutation is tried with enough bad input."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from graphql import GraphQLInputObjectType, GraphQLInputType, get_named_type

from schema import schema
from tests.commands.cases import COUNTED, TRIED

FEWEST = 5
HEADER = {"idempotencyKey", "reason"}  # of every mutation: test_header.py
WHOLE = {"ShareInput", "SourceInput", "StrategyMeasureInput", "AccountFilter"}
"""Inputs of several mutations, or with tables of their own: tried as a whole."""
ANY: dict[str, set[str]] = {
    "openAccount": {"kind", "national"},
    "saveImporterNumber": {"continuousBond", "bondSufficient"},
    "recordRelationships": {"expectedVersion", "validFrom"},
    "raiseRiskFlag": {"expectedVersion", "severity"},
    "correctRelationship": {"retract"},
    "assignManager": {"role"},
    "requestCenterChange": {"basis"},
    "recordAnnualNotification": {"requirementsConfirmed"},
    "saveIssue": {"dueOn", "shared"},
    "resolveIssue": {"cancel"},
    "startImport": {"content", "dryRun"},
    "saveWebhook": {"recordedFrom"},
}
"""Fields whose every value is right, as far as the schema lets it through; and those that have a
test of their own beside the table.
"""
ELSEWHERE = {"startExport"}
"""Exports have tables of their own kind: they write no claims."""
MUTATIONS = sorted(set(schema._schema.mutation_type.fields) - ELSEWHERE)  # type: ignore[union-attr]

for module in sorted(Path(__file__).parent.glob("test_*.py")):
    if module != Path(__file__):
        import_module(f"{__package__}.{module.stem}")
import_module("tests.jobs.test_starting")


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_mutation_is_refused_for_enough_reasons(mutation: str) -> None:
    assert COUNTED[mutation] >= FEWEST


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_every_field_is_tried_that_could_be_wrong(mutation: str) -> None:
    fields = set(_fields(schema._schema.mutation_type.fields[mutation].args["input"].type))  # type: ignore[union-attr]

    left = fields - TRIED[mutation] - HEADER - ANY.get(mutation, set())

    assert left == set()


def _fields(given: GraphQLInputType) -> Iterator[str]:
    """The fields of an input, and those of inputs within it instead of these."""
    named = get_named_type(given)
    for name, field in getattr(named, "fields", {}).items():
        within = get_named_type(field.type)
        deeper = isinstance(within, GraphQLInputObjectType) and within.name not in WHOLE
        yield from _fields(within) if deeper else [name]


def test_every_table_is_of_a_mutation() -> None:
    assert set(COUNTED) <= set(MUTATIONS)
