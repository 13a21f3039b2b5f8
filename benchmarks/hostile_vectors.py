"""The vectors: OWASP's and GraphQL Cop's lists, the conformance kit's, and bombs of our own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any] | list[Any] | bytes


@dataclass(frozen=True, slots=True)
class Vector:
    """A hostile body; each number makes another text, so that no cache helps."""

    name: str
    body: Callable[[int], Body]


def _many(count: int, text: str) -> str:
    return " ".join(text.replace("#", str(number)) for number in range(count))


def _bomb(doublings: int, leaf: str) -> str:
    """Fragments that spread the next one twice: 2 to the power of `doublings` fields."""
    links = [f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(doublings)]
    return "{ ...F0 } " + " ".join(links) + f" fragment F{doublings} on Query {{ {leaf} }}"


def _pages(levels: int, size: int) -> str:
    inside = "cursor"
    for _ in range(levels):
        inside = f"node {{ friends(first: {size}) {{ edges {{ {inside} }} }} }}"
    return f"{{ people(first: {size}) {{ edges {{ {inside} }} }} }}"


def _circle(levels: int) -> str:
    inside = "name"
    for _ in range(levels):
        inside = f"fields {{ type {{ {inside} }} }}"
    return f"{{ __schema {{ types {{ {inside} }} }} }}"


def _text(name: str, text: str) -> Vector:
    return Vector(name, lambda number: {"query": f"{text} # {number}"})


def _listed(number: int) -> Body:
    ids = [f"x{number}-{place}" for place in range(10_000)]
    return {"query": "query($i: [ID!]!) { nodes(ids: $i) { id } }", "variables": {"i": ids}}


def _variables(number: int) -> Body:
    return {
        "query": f"{{ __typename }} # {number}",
        "variables": {f"v{place}": place for place in range(15_000)},
    }


VECTORS = [
    _text("101 aliases", f"{{ {_many(101, 'a#: __typename')} }}"),
    _text("101 aliases in a fragment",
          f"{{ ...F }} fragment F on Query {{ {_many(101, 'a#: __typename')} }}"),
    _text("1,000 times one field", f"{{ {_many(1_000, '__typename')} }}"),
    _text("40,000 tokens", f"{{ {_many(20_000, '__typename')} }}"),
    _text("50,000 nested braces", "{ a" * 50_000),
    _text("900 nested braces", "{ a" * 900 + " }" * 900),
    _text("50,000 nested brackets", f"{{ __type(name: {'[' * 50_000}) {{ name }} }}"),
    _text("1,000 directives", f"{{ __typename {_many(1_000, '@include(if: true)')} }}"),
    _text("500 unknown directives", f"{{ __typename {_many(500, '@a#')} }}"),
    _text("100 unknown fields", f"{{ {_many(100, 'zz#')} }}"),
    _text("fragments in a circle",
          "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
    _text("fragment bomb, 2^25 fields", _bomb(25, "__typename")),
    _text("fragment bomb, 2^200 aliases", _bomb(200, "x: __typename")),
    _text("fragment bomb of pages", _bomb(20, "people(first: 100) { edges { cursor } }")),
    _text("a thousand operations", _many(1_000, "query Q# { __typename }")),
    _text("three pages of 100 inside each other", _pages(2, 100)),
    _text("a page of 1,000,000", "{ people(first: 1000000) { edges { cursor } } }"),
    _text("introspection in circles", _circle(7)),
    _text("60 aliases of __schema",
          f"{{ {_many(60, 's#: __schema { types { fields { type { name } } } }')} }}"),
    _text("overlapping fields",
          f"{{ {_many(190, 'people(first: 1) { edges { node { name id } } }')} }}"),
    _text("a text of 240 KB in a comment", "{ __typename } #" + "x" * 240_000),
    Vector("a list of 10,000 ids", _listed),
    Vector("15,000 variables that are not declared", _variables),
    Vector("a batch of 5,000", lambda _: [{"query": "{ __typename }"}] * 5_000),
    Vector("a body of 20 MB", lambda _: b'{"query": "' + b"x" * 20_000_000 + b'"}'),
    Vector("JSON nested 100,000 deep", lambda _: b"[" * 100_000 + b"]" * 100_000),
    Vector("numbers of 100,000 digits", lambda _: b'{"variables": {"a": ' + b"9" * 100_000 + b"}}"),
    _text("a size of 5,000 digits", f"{{ people(first: {'9' * 5_000}) {{ edges {{ cursor }} }} }}"),
]  # fmt: skip
