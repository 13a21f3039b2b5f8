"""Every mutation is tried with enough bad input."""

from importlib import import_module
from pathlib import Path

import pytest

from schema import schema
from tests.commands.cases import COUNTED

FEWEST = 5
JOBS = {"startImport", "startExport", "cancelJob", "saveWebhook", "rotateWebhookSecret"}
"""Jobs and webhooks have tables of their own kind: they write no claims."""
MUTATIONS = sorted(set(schema._schema.mutation_type.fields) - JOBS)  # type: ignore[union-attr]

for module in sorted(Path(__file__).parent.glob("test_*.py")):
    if module != Path(__file__):
        import_module(f"{__package__}.{module.stem}")


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_mutation_is_refused_for_enough_reasons(mutation: str) -> None:
    assert COUNTED[mutation] >= FEWEST


def test_every_table_is_of_a_mutation() -> None:
    assert set(COUNTED) <= set(MUTATIONS)
