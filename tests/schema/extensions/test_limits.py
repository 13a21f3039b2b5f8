"""How much one operation may ask for, however it is written."""

from typing import Any

import pytest

from tests.transport.toy import Caller, Context, toy

SIZED = "query($n: Int) { people(first: $n) { edges { cursor } } }"
THREE = "query($n: Int = 3) { people(first: $n) { edges { cursor } } }"
IDS = "query($i: [ID!]!) { nodes(ids: $i) { id } }"
PAGED = " fragment F on Query { people(first: 4) { edges { cursor } } }"


async def codes(query: str, **variables: Any) -> list[str]:
    result = await toy.execute(query, variables, Context(Caller("Ada")))
    return [error.extensions["code"] for error in result.errors or [] if error.extensions]


def many(count: int, text: str) -> str:
    return " ".join(text.replace("#", str(number)) for number in range(count))


def deep(levels: int) -> str:
    """Connections in connections, exactly so many levels deep."""
    head = "people(first: 1)"
    wheel = ["edges", "node", "friends(first: 1)"]
    path = [head, *(wheel[number % 3] for number in range(levels - 2))]
    return "{ " + " { ".join([*path, "__typename"]) + " }" * levels


def node(inside: str) -> str:
    return f"{{ node(id: 1) {{ {inside} }} }}"


def on(type_: str, inside: str, number: object = "") -> str:
    return f" fragment F{number} on {type_} {{ {inside} }}"


def bomb(doublings: int, leaf: str) -> str:
    names = range(doublings)
    fragments = [f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in names]
    return "{ ...F0 } " + " ".join(fragments) + f" fragment F{doublings} on Query {{ {leaf} }}"


@pytest.mark.parametrize(
    ("_case", "most", "one_more"),
    [
        ("levels", deep(12), deep(13)),
        ("aliases", node(many(30, "a#: id")), node(many(31, "a#: id"))),
        ("aliases in a fragment", node("...F") + on("Node", many(30, "a#: id")),
         node("...F") + on("Node", many(31, "a#: id"))),
        ("root fields", f"{{ {many(20, 'caller')} }}", f"{{ {many(21, 'caller')} }}"),
        ("root fields in fragments", "{ ...F ...F }" + on("Query", many(10, "caller")),
         "{ ...F ...F caller }" + on("Query", many(10, "caller"))),
        ("fields", node(many(399, "id")), node(many(400, "id"))),
        ("directives", "{ " + many(10, "caller @include(if: true)") + " }",
         "{ caller " + many(51, "@include(if: true)") + " }"),
        ("items of a list", f"{{ nodes(ids: [{many(100, '#')}]) {{ id }} }}",
         f"{{ nodes(ids: [{many(101, '#')}]) {{ id }} }}"),
        ("tokens", node("id") + "# " + "x " * 9000, f"{{ {many(2000, 'caller')} }}"),
    ],
)  # fmt: skip
async def test_the_most_is_run_and_one_more_is_refused(
    _case: str, most: str, one_more: str
) -> None:
    assert await codes(most) == []
    assert await codes(one_more) == ["LIMIT_EXCEEDED"]


async def test_page_sizes_multiply_along_each_path() -> None:
    nested = "{ people(first: %s) { edges { node { friends(first: %s) { edges { cursor } } } } } }"

    # 100 people, and 99 friends of each: 100 * (1 + 99) = 10,000
    size = toy.documents.read(nested % (100, 99)).operations[None].size

    assert size.count({})[0] == 10_000
    assert await codes(nested % (100, 99)) == []
    assert await codes(nested % (100, 200)) == ["LIMIT_EXCEEDED"]


@pytest.mark.parametrize(
    ("_case", "query", "variables", "nodes"),
    [
        ("no size given", "{ people { edges { cursor } } }", {}, 20),
        ("from the end", "{ people(last: 7) { edges { cursor } } }", {}, 7),
        ("a variable", SIZED, {"n": 9}, 9),
        ("a variable not given", SIZED, {}, 20),
        ("a variable's default", THREE, {}, 3),
        ("a variable that is null", THREE, {"n": None}, 20),
        ("null", "{ people(first: null) { edges { cursor } } }", {}, 20),
        ("below nothing", "{ people(first: -9) { edges { cursor } } }", {}, 0),
        ("a variable below nothing", SIZED, {"n": -1e300}, 0),
        ("a variable beyond all", SIZED, {"n": 1e300}, 1_000_000_000),
        ("both ends", "{ people(first: 2, last: 8) { edges { cursor } } }", {}, 8),
        ("in a fragment, twice", "{ ...F ...F }" + PAGED, {}, 8),
        ("inline", "{ ... on Query { people(first: 4) { edges { cursor } } } }", {}, 4),
        ("one object", "{ node(id: 1) { id } }", {}, 1),
        ("by ids", "{ nodes(ids: [1, 2, 3]) { id } }", {}, 3),
        ("by ids in a variable", IDS, {"i": ["a", "b"]}, 2),
        ("by one id", "{ nodes(ids: 1) { id } }", {}, 1),
        ("plain values", "{ caller seen }", {}, 0),
    ],
)  # fmt: skip
def test_objects_are_counted_by_what_is_asked(
    _case: str, query: str, variables: dict[str, Any], nodes: int
) -> None:
    operation = toy.documents.read(query).operations[None]

    assert operation.size.count({**operation.defaults, **variables})[0] == nodes


async def test_sizes_in_variables_count() -> None:
    assert await codes(SIZED, n=20_001) == ["LIMIT_EXCEEDED"]
    assert await codes(SIZED, n=101) == ["BAD_USER_INPUT"]


async def test_long_lists_in_variables_are_refused() -> None:
    assert await codes(IDS, i=["x"] * 100) == []
    assert await codes(IDS, i=["x"] * 101) == ["LIMIT_EXCEEDED"]
    assert await codes(IDS, i=["x"], other={"deep": [[1] * 101]}) == ["LIMIT_EXCEEDED"]


@pytest.mark.parametrize("leaf", ["__typename", "x: __typename", "people { edges { cursor } }"])
async def test_a_fragment_is_measured_once_however_often_it_is_spread(leaf: str) -> None:
    assert await codes(bomb(25, leaf)) == ["LIMIT_EXCEEDED"]


async def test_fragments_that_include_themselves_are_refused_by_validation() -> None:
    query = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"

    assert set(await codes(query)) == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize("count", [150, 300, 600])
async def test_nesting_without_end_is_refused(count: int) -> None:
    selections = await codes("{ a" * count + " }" * count)
    lists = await codes("{ node(id: " + "[" * count + "]" * count + ") { id } }")

    assert selections == ["LIMIT_EXCEEDED"]
    assert lists == ["LIMIT_EXCEEDED" if count > 200 else "GRAPHQL_VALIDATION_FAILED"]


async def test_a_chain_of_fragments_is_no_way_around_the_limits() -> None:
    def chain(length: int, link: str) -> str:
        links = [on("Query", link % (n + 1), n) for n in range(length)]
        return "{ ...F0 }" + "".join(links) + on("Query", "caller", length)

    long = await codes(chain(245, "...F%s"))
    winding = await codes(chain(130, "... { ... { ...F%s } }"))

    assert long == ["GRAPHQL_VALIDATION_FAILED"]
    assert winding == ["LIMIT_EXCEEDED"]


async def test_unknown_fragments_and_odd_values_are_left_to_validation() -> None:
    assert set(await codes("{ ...F }")) == {"GRAPHQL_VALIDATION_FAILED"}
    assert set(await codes("{ ... { people(first: {a: [1]}) { edges { cursor } } } }")) == {
        "GRAPHQL_VALIDATION_FAILED"
    }


async def test_a_fragment_that_is_not_used_is_measured_too() -> None:
    assert await codes(f"{{ caller }} fragment F on Query {{ {many(500, 'caller')} }}") == [
        "LIMIT_EXCEEDED"
    ]


async def test_the_refusal_names_the_limit() -> None:
    result = await toy.execute(f"{{ {many(21, 'caller')} }}", {}, Context(None))

    assert [error.message for error in result.errors or []] == [
        "The operation has 21 fields of the root type, at most 20 are run: ask for less at once."
    ]
