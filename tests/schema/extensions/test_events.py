"""The events of a stream: answered alike, and nothing more is kept with each of them."""

import gc
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import pytest
import strawberry
from graphql.execution.collect_fields import CollectedFields, FieldDetails

from schema.extensions.executor import PlainExecutor
from schema.extensions.selection import Selection

KEPT = (CollectedFields, FieldDetails, Selection)


@strawberry.type
class Leaf:
    name: str


@strawberry.type
class Event:
    number: int
    leaf: Leaf
    leaves: list[Leaf]

    @strawberry.field
    async def late(self) -> Leaf:
        return self.leaf


@strawberry.type
class Query:
    name: str


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def told(self) -> AsyncGenerator[Event, None]:
        for number in range(500):
            yield Event(number=number, leaf=Leaf(name="a"), leaves=[Leaf(name="b")])


SCHEMA = strawberry.Schema(Query, subscription=Subscription, execution_context_class=PlainExecutor)
BARE = "subscription { told { number leaf { name } late { name } leaves { name } } }"
CHOSEN = """subscription ($yes: Boolean!) { told {
  number leaf { name } late @include(if: $yes) { name } leaves @skip(if: $yes) { name } } }"""


def kept() -> int:
    """How many things are known of what is selected."""
    gc.collect()
    return sum(isinstance(each, KEPT) for each in gc.get_objects())


@pytest.mark.parametrize(
    ("document", "yes", "fields"),
    [
        (BARE, None, {"late": {"name": "a"}, "leaves": [{"name": "b"}]}),
        (CHOSEN, True, {"late": {"name": "a"}}),
        (CHOSEN, False, {"leaves": [{"name": "b"}]}),
    ],
    ids=["bare", "yes", "no"],
)
async def test_an_event_leaves_nothing_with_its_stream(
    document: str, yes: bool | None, fields: dict[str, Any]
) -> None:
    results: Any = await SCHEMA.subscribe(document, {} if yes is None else {"yes": yes})
    async with aclosing(results):
        told = [(await anext(results)).data["told"] for _ in range(10)]
        before = kept()
        told += [(await anext(results)).data["told"] for _ in range(200)]
        after = kept()

    assert told == [{"number": n, "leaf": {"name": "a"}, **fields} for n in range(210)]
    assert after == before
