"""A small schema to try the transport on: no graph, no database."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar

import strawberry
from strawberry.types import Info

from schema.extensions.errors import Refused
from schema.extensions.guarded import Schema
from schema.extensions.limits import Limits
from schema.fields import resolved_by
from tests.transport.people import Page, Somebody, page, world
from transport import Viewer

T = TypeVar("T")


@dataclass(frozen=True)
class Caller:
    name: str
    expires: float | None = None

    @property
    def id(self) -> str:
        return self.name


@dataclass
class Context:
    viewer: Viewer | None
    seen: list[int] = field(default_factory=list, init=False)  # as a loader remembers


First = Annotated[int | None, strawberry.argument(description="Size from the start; 1 to 100.")]
Last = Annotated[int | None, strawberry.argument(description="Size from the end; 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="After this cursor.")]
Before = Annotated[str | None, strawberry.argument(description="Before this cursor.")]
Id = Annotated[strawberry.ID, strawberry.argument(description="Global id.")]
Ids = Annotated[list[strawberry.ID], strawberry.argument(description="Global ids, at most 100.")]
Seconds = Annotated[float, strawberry.argument(description="How long, 1.5 at most.")]


async def _people(
    first: First = None, after: After = None, last: Last = None, before: Before = None
) -> Page:
    return page("", first, after, last, before)


async def _friends(
    person: strawberry.Parent[Somebody],
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page:
    return page(person.id, first, after, last, before)


async def _node(id: Id) -> Somebody | None:
    return next((person for person in world.people if person.id == id), None)


async def _nodes(ids: Ids) -> list[Somebody | None]:
    return [await _node(id) for id in ids]


async def _broken() -> str | None:
    raise RuntimeError("bolt://neo4j:hunter2@localhost")


async def _slow(seconds: Seconds = 0.0) -> float:
    try:
        await asyncio.sleep(max(0.0, min(seconds, 1.5)))
    except asyncio.CancelledError:
        world.cancelled += 1
        raise
    return seconds


async def _seen(info: Info[Context, None]) -> int:
    info.context.seen.append(1)
    return len(info.context.seen)


async def _caller(info: Info[Context, None]) -> str | None:
    return getattr(info.context.viewer, "name", None)


async def _tell() -> int:
    number = next(world.numbers)
    for queue in world.listeners:
        queue.put_nowait(number)
    return number


async def _numbers() -> AsyncGenerator[int, None]:
    queue: asyncio.Queue[int] = asyncio.Queue(1000)
    world.listeners.add(queue)
    try:
        while True:
            yield await queue.get()
    finally:
        world.listeners.discard(queue)


async def _told() -> AsyncGenerator[int, None]:
    async with aclosing(_numbers()) as numbers:
        async for number in numbers:
            yield number


async def _short() -> AsyncGenerator[int, None]:
    yield 1
    raise Refused("There is no more.", "BAD_USER_INPUT")


@strawberry.interface(description="Anything with a global id.")
class Node:
    id: strawberry.ID = strawberry.field(description="Global id.")


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follow.")
    has_previous_page: bool = strawberry.field(description="Whether some come before.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first edge.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last edge.")


@strawberry.type(name="Edge", description="One entry of a page.")
class Edge(Generic[T]):
    node: T = strawberry.field(description="The object.")
    cursor: str = strawberry.field(description="Its place in the list.")


@strawberry.type(name="Connection", description="One page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = strawberry.field(description="The entries.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")


@strawberry.type(description="Somebody.")
class Person(Node):
    name: str = strawberry.field(description="How they are called.")
    friends: Connection["Person"] = resolved_by(_friends, "Everybody, for all are friends.")

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        return isinstance(value, Somebody)


@strawberry.type(description="What can be asked.")
class Query:
    node: Node | None = resolved_by(_node, "Any object by its global id.")
    nodes: list[Node | None] = resolved_by(_nodes, "Objects by global id, in order.")
    people: Connection[Person] = resolved_by(_people, "People by name.")
    broken: str | None = resolved_by(_broken, "Fails inside.")
    slow: float = resolved_by(_slow, "Takes its time.")
    seen: int = resolved_by(_seen, "How often this operation's context was used.")
    caller: str | None = resolved_by(_caller, "Who is asking.")


def _runs(kind: Any, resolver: Any, description: str) -> Any:
    return kind(resolver=resolver, description=description)


@strawberry.type(description="What can be done.")
class Mutation:
    tell: int = _runs(strawberry.mutation, _tell, "Tell every listener the next number.")


@strawberry.type(description="What can be listened to.")
class Subscription:
    told: int = _runs(strawberry.subscription, _told, "The numbers told.")
    short: int = _runs(strawberry.subscription, _short, "Refused after the first.")


LIMITS = Limits(points=20_000)  # what points are refused by is tried on their own
toy = Schema(
    query=Query, mutation=Mutation, subscription=Subscription, types=[Person], limits=LIMITS
)
