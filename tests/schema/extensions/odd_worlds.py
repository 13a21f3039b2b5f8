"""Random types with random values, some of which raise, are awaited or are of the wrong kind."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from random import Random
from typing import Any

import strawberry
from graphql import Undefined

from schema.fields import made_of


@strawberry.enum
class Color(Enum):
    RED = "r"
    GREEN = "g"
    CRIMSON = "r"  # another name of the first


class Boom(Exception):
    """An error that has all the attributes of a record, and is none."""

    a = b = c = d = e = f = "boom"


class Text(str):
    __slots__ = ()


@dataclass
class Later:
    """What must be awaited, as often as one likes; it has the attributes of a record too."""

    make: Callable[[], Any] = field(repr=False)  # which has an address

    a = b = c = d = e = f = "later"

    def __await__(self) -> Any:
        yield from asyncio.sleep(0).__await__()
        value = self.make()
        if isinstance(value, Raised):
            raise value.error
        return value


@dataclass
class Raised:
    error: Exception


class Bag:
    """A record whose attributes may raise."""

    __slots__ = ("_makers",)

    def __init__(self, makers: dict[str, Callable[[], Any]]) -> None:
        self._makers = makers

    def __repr__(self) -> str:
        return "a bag"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._makers:
            raise AttributeError(name)
        value = self._makers[name]()
        if isinstance(value, Raised):
            raise value.error
        return value


class First(Bag):
    __slots__ = ()


class Second(Bag):
    __slots__ = ()


LEAVES: dict[str, tuple[Any, list[Any]]] = {
    "text": (str, ["a", "", "b"]),
    "id": (strawberry.ID, ["1", 2]),
    "flag": (bool, [True, False]),
    "whole": (int, [1, 0, 2**31]),
    "number": (float, [1.5, 2, float("inf")]),
    "day": (date, [date(2026, 3, 31)]),
    "color": (Color, [*Color, "r", "g", "x", Color.CRIMSON]),
}
ODD: list[Callable[[], Any]] = [
    lambda: None,
    lambda: None,
    lambda: Undefined,
    lambda: Boom("given"),
    lambda: Raised(Boom("raised")),
    lambda: Raised(AttributeError("missing")),
    lambda: Later(lambda: Raised(Boom("awaited"))),
    lambda: Later(lambda: None),
    lambda: Text("subclass"),
    lambda: object(),
    lambda: 7,
    lambda: "wrong",
    lambda: ["wrong"],
    lambda: {"wrong": 1},
    lambda: (item for item in ["generated"]),
]


@dataclass
class Made:
    """One field: its kind, wrapped in lists and nulls, and what fills it."""

    kind: str
    nullable: tuple[bool, ...]  # of the value, then of its items, and so on
    how: str


@dataclass
class World:
    """Object types, each with fields of leaves and of later types; a value and a question."""

    random: Random
    kinds: dict[str, dict[str, Made]] = field(default_factory=dict)
    types: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)

    def build(self) -> strawberry.Schema:
        self.types["Thing"] = strawberry.interface(
            type("Thing", (), {"__annotations__": {"a": str}})
        )
        for name in ("First", "Second", "C", "D", "Query"):
            self._type(name)
        return strawberry.Schema(
            self.types["Query"], types=[self.types["First"], self.types["Second"]]
        )

    def _type(self, name: str) -> None:
        below = [kind for kind in ("First", "Second", "Thing", "C", "D") if kind in self.types]
        if name in ("First", "Second"):
            below = []
        fields = {"a": Made("text", (False,), self.random.choice(["attribute"] * 3 + ["resolver"]))}
        for letter in "bcdef"[: self.random.randint(1, 5)]:
            kind = self.random.choice([*LEAVES, *below * 2])
            depth = self.random.choice([1, 1, 1, 2, 2, 3])
            nullable = tuple(self.random.random() < 0.5 for _ in range(depth))
            how = self.random.choice(["attribute"] * 6 + ["resolver", "async"])
            fields[letter] = Made(kind, nullable, how)
        body: dict[str, Any] = {"__annotations__": {}}
        for letter, made in fields.items():
            self._field(body, letter, made)
        bases: tuple[type, ...] = ()
        if name in ("First", "Second"):
            bases = (self.types["Thing"],)
            body["is_type_of"] = made_of(First if name == "First" else Second)
        self.kinds[name] = fields
        self.types[name] = strawberry.type(type(name, bases, body))

    def _field(self, body: dict[str, Any], letter: str, made: Made) -> None:
        annotation = LEAVES[made.kind][0] if made.kind in LEAVES else self.types[made.kind]
        for nullable in reversed(made.nullable[1:]):
            annotation = list[annotation | None if nullable else annotation]  # type: ignore[misc]
        annotation = annotation | None if made.nullable[0] else annotation
        body["__annotations__"][letter] = annotation
        if made.how == "resolver":

            def resolver(root: Any) -> Any:
                return getattr(root, letter)

            body[letter] = strawberry.field(resolver=resolver)
        elif made.how == "async":

            async def later(root: Any) -> Any:
                await asyncio.sleep(0)
                return getattr(root, letter)

            body[letter] = strawberry.field(resolver=later)

    def maker(self, made: Made, level: int = 0) -> Callable[[], Any]:
        """What makes the value of a field anew for each run; seldom a right one's opposite."""
        if self.random.random() < 0.04:
            return self.random.choice(ODD)
        if made.nullable[level] and self.random.random() < 0.1:
            return lambda: None
        if level + 1 < len(made.nullable):
            items = [self.maker(made, level + 1) for _ in range(self.random.randint(0, 3))]
            shape: Any = self.random.choice([list, list, tuple, iter])
            make: Callable[[], Any] = lambda: shape([_taken(item()) for item in items])  # noqa: E731
        elif made.kind in LEAVES:
            value = self.random.choice(
                LEAVES[made.kind][1][: 2 if self.random.random() < 0.9 else 9]
            )
            make = lambda: value  # noqa: E731
        else:
            make = self.record(made.kind)
        if self.random.random() < 0.05:
            return lambda: Later(make)
        return make

    def record(self, kind: str) -> Callable[[], Any]:
        if kind == "Thing" or self.random.random() < 0.02:
            kind = self.random.choice(["First", "Second"])
        makers = {letter: self.maker(made) for letter, made in self.kinds[kind].items()}
        if self.random.random() < 0.03:
            makers.pop("a")
        bag = {"First": First, "Second": Second}.get(kind, Bag)
        return lambda: bag(makers)

    def selection(self, kind: str) -> str:
        if self.random.random() < 0.1:
            return "{ __typename }"  # for which nothing is read
        parts = [self._part(kind) for _ in range(self.random.randint(1, 5))]
        return "{ " + " ".join(parts) + " }"

    def _part(self, kind: str) -> str:
        chance = self.random.random()
        if chance < 0.1:
            return f"... {self._directive()} {self.selection(kind)}"
        if chance < 0.2:
            name = f"F{len(self.fragments)}"
            self.fragments.append("")
            self.fragments.append(f"fragment {name} on {kind} {self.selection(kind)}")
            return f"...{name} {self._directive()}"
        if kind == "Thing" and chance < 0.7:
            of = self.random.choice(["First", "Second"])
            return f"... on {of} {self._directive()} {self.selection(of)}"
        if chance < 0.3:
            return self.random.choice(["__typename", "t: __typename", "unknown"])
        fields = self.kinds.get(kind) or {"a": Made("text", (False,), "")}
        letter, made = self.random.choice(list(fields.items()))
        alias = self.random.choice(["", "", "", "x: ", "b: "])
        below = "" if made.kind in LEAVES else self.selection(made.kind)
        return f"{alias}{letter} {self._directive()} {below}"

    def _directive(self) -> str:
        if self.random.random() < 0.8:
            return ""
        return self.random.choice(
            ["@skip(if: $yes)", "@skip(if: $no)", "@include(if: false)", "@include(if: true)"]
        )


def _taken(value: Any) -> Any:
    """An item of a list cannot raise by itself."""
    return value.error if isinstance(value, Raised) else value
