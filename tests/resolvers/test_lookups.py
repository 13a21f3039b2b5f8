"""Every number and code that is asked about is counted, each alias for itself."""

from typing import Any

import pytest

from graph import ids
from graph.errors import RateLimited
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import Graph
from resolvers.context import Context
from schema import schema

COUNTED = [
    'account(by: {importerNumber: "12-3456789AB"}) { id }',
    'account(by: {filerCode: "B76"}) { id }',
    'importerNumber(number: "12-3456789AB") { id }',
    'importerNumber(number: "12-3456789AB") { account { id } }',
    'filerCode(code: "B76") { id }',
    'filerCode(code: "B76") { account { id } }',
    'party(by: {importerNumber: "12-3456789AB"}) { id }',
    'search(text: "12-3456789AB") { nodes { id } }',
    'search(text: " b76 ") { nodes { id } }',
]
A1, O1 = ids.encode("Account:A-1"), ids.encode("Party:O-1")
FREE = [
    f'account(by: {{id: "{A1}"}}) {{ id }}',
    f'party(by: {{id: "{O1}"}}) {{ id }}',
    'search(text: "harbor textile") { nodes { id } }',
    "accounts { nodes { importerNumbers { nodes { display } } } }",
]


class Counting:
    """Counts, and lets no more than so many pass."""

    def __init__(self, most: int = 100) -> None:
        self.counted = 0
        self.most = most

    async def __call__(self) -> None:
        self.counted += 1
        if self.counted > self.most:
            raise RateLimited("That is one too many.")


async def asked(graph: Graph, seal: Seal, key: IdentifierKey, text: str, counts: Counting) -> Any:
    context = Context(graph, DEVELOPMENT, seal, key, looks_up=counts)
    return await schema.execute(text, context_value=context)


@pytest.mark.parametrize(("text", "number"), [(f, 1) for f in COUNTED] + [(f, 0) for f in FREE])
async def test_what_asks_who_has_a_number_or_code_is_counted(
    harbor: Graph, seal: Seal, key: IdentifierKey, text: str, number: int
) -> None:
    counts = Counting()

    told = await asked(harbor, seal, key, f"{{ {text} }}", counts)

    assert told.errors is None
    assert counts.counted == number


async def test_each_alias_counts_and_what_is_beyond_asks_nothing(
    harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    text = " ".join(f"n{at}: {COUNTED[0]}" for at in range(5))

    told = await asked(harbor, seal, key, f"{{ {text} }}", Counting(3))

    codes = {error.path[0]: error.extensions["code"] for error in told.errors}
    assert codes == {"n3": "RATE_LIMITED", "n4": "RATE_LIMITED"}
    assert [told.data[f"n{at}"] is None for at in range(5)] == [*[False] * 3, True, True]
