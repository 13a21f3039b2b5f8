"""The executor beside the stock one: over any types, values and selections both answer alike."""

import asyncio
import json
from datetime import date
from functools import partial
from itertools import repeat
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
import strawberry
from graphql import ExecutionResult, Undefined, execute, parse
from hypothesis import given, settings
from hypothesis import strategies as st
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.extensions.executor import PlainExecutor
from schema.fields import made_of
from tests.schema.extensions.odd_worlds import Bag, Color, First, Second, World


async def answered(executor: type, schema: strawberry.Schema, text: str, root: Any) -> Any:
    others = asyncio.all_tasks()  # of the run, which may last as long as it does
    result = execute(
        schema._schema,
        parse(text),
        root,
        variable_values={"yes": True, "no": False},
        executor_class=executor,
        is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type]
    )
    if optimized_is_awaitable(result):
        result = await result  # type: ignore[misc]
    while behind := asyncio.all_tasks() - others:  # by the error of a sibling
        await asyncio.gather(*behind, return_exceptions=True)
    assert isinstance(result, ExecutionResult)
    errors = [
        (each.message, each.path, each.locations, type(each.original_error), each.extensions)
        for each in result.errors or []
    ]
    return json.dumps(result.data, default=str), errors  # as text, so that the order counts


# Stock leaves a resolver unawaited where a sibling fails beside it: now and then it is collected.
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
@settings(max_examples=600, deadline=None)
@given(st.integers(0, 2**64))
def test_it_answers_what_the_stock_executor_answers(seed: int) -> None:
    world = World(Random(seed))
    schema = world.build()
    root = world.record("Query")
    text = f"query ($yes: Boolean!, $no: Boolean!) {world.selection('Query')}"
    text = " ".join([text, *world.fragments])

    stock = asyncio.run(answered(StrawberryGraphQLCoreExecutionContext, schema, text, root()))

    assert asyncio.run(answered(PlainExecutor, schema, text, root())) == stock


class Counting(PlainExecutor):
    """Notes the fields that are left to the stock executor."""

    left: list[str] = []

    def execute_field(self, *given: Any) -> Any:
        self.left.append(given[2][0].node.name.value)
        return super().execute_field(*given)


@strawberry.type
class Row:
    name: str
    color: Color | None
    days: list[date]

    @strawberry.field
    def resolved(self) -> str:
        return "r"


@strawberry.type
class Rows:
    rows: list[Row]


ROWS = [Row(name="a", color=Color.RED, days=[date(2026, 1, 1)])] * 3


@strawberry.interface
class Node:
    name: str


@strawberry.type
class Plain(Node):
    is_type_of = made_of(First)


@strawberry.type
class Resolved(Node):
    is_type_of = made_of(Second)

    @strawberry.field
    def late(self) -> str:
        return "l"


@strawberry.type
class Edge:
    node: Node


@strawberry.type
class Page:
    edges: list[Edge]


@strawberry.type
class Query:
    @strawberry.field
    def pages(self) -> list[Page]:
        """Pages of either kind of node, the first of them in no list proper."""
        nodes = [kind({"name": lambda: "n"}) for kind in (First, Second)]
        edges = [Bag({"node": partial(next, repeat(node))}) for node in nodes]
        return [
            Bag({"edges": lambda: iter(edges[1:])}),  # type: ignore[list-item]
            *(Bag({"edges": lambda: edges}) for _ in range(3)),  # type: ignore[list-item]
        ]

    @strawberry.field
    def page(self) -> Rows:
        return Rows(rows=ROWS)

    @strawberry.field
    def rows(self) -> list[Row]:
        return ROWS


def left(document: str) -> list[str]:
    """The fields that took the way of the stock executor."""
    Counting.left = []
    schema = strawberry.Schema(Query, execution_context_class=Counting)
    result = schema.execute_sync(document)
    assert result.errors is None
    return Counting.left


def test_plain_rows_are_not_completed_field_by_field() -> None:
    # Fails too if the library no longer fills a plain field as it did: all is slow then.
    selection = "{ name color days n: name __typename }"

    assert left(f"{{ page {{ rows {selection} }} rows {selection} }}") == ["page", "rows"]


def test_fields_with_resolvers_are_and_their_siblings_are_not() -> None:
    assert left("{ rows { name resolved color } }") == ["rows", "resolved", "resolved", "resolved"]


@strawberry.type
class Holder:
    rows: list[Row | None]
    pages: list[Page]


@pytest.mark.parametrize("absent", [None, Undefined], ids=str)
@pytest.mark.parametrize("name", ["rows", "pages"])
async def test_nothing_is_no_object_even_if_nothing_is_read_of_it(name: str, absent: Any) -> None:
    schema = strawberry.Schema(Holder)
    text, root = f"{{ {name} {{ __typename }} }}", SimpleNamespace(**{name: [absent]})

    stock = await answered(StrawberryGraphQLCoreExecutionContext, schema, text, root)

    assert await answered(PlainExecutor, schema, text, root) == stock
    assert bool(stock[1]) == (name == "pages")


def test_a_resolver_behind_one_class_of_nodes_is_asked_wherever_it_stands() -> None:
    schema = strawberry.Schema(
        Query, types=[Plain, Resolved], execution_context_class=PlainExecutor
    )

    result = schema.execute_sync("{ pages { edges { node { name ... on Resolved { late } } } } }")

    both = {"edges": [{"node": {"name": "n"}}, {"node": {"name": "n", "late": "l"}}]}
    assert result.data == {"pages": [{"edges": both["edges"][1:]}, both, both, both]}
