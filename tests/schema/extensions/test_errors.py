"""What clients are told of errors: a code, no value, nothing of the inside."""

from typing import Any

import pytest
from graphql import GraphQLError
from strawberry.types.execution import PreExecutionError

from graph.errors import Forbidden, SetupError, TimedOut
from schema.extensions.errors import by_accident, told
from tests.transport.toy import Caller, Context, toy

ARGUMENT = "{ node(i: 1) { id } }"
PAGE = "query($n: Int) { people(first: $n) { edges { cursor } } }"
PARSED = "GRAPHQL_PARSE_FAILED"
SECRET = "219-09-9999"


async def ask(query: str, name: str | None = None, viewer: Any = None, **variables: Any) -> Any:
    return await toy.execute(query, variables, Context(viewer), operation_name=name)


async def only(query: str, name: str | None = None, **variables: Any) -> tuple[str, str]:
    """Code and message of the one error."""
    result = await ask(query, name, Caller("Ada"), **variables)
    [error] = result.errors
    return error.extensions["code"], error.message


async def test_a_syntax_error_has_a_place_and_a_code() -> None:
    result = await ask("{")

    assert isinstance(result, PreExecutionError)
    [error] = [one.formatted for one in result.errors or []]
    assert error == {
        "message": "Syntax Error: Expected Name, found <EOF>.",
        "locations": [{"line": 1, "column": 2}],
        "extensions": {"code": "GRAPHQL_PARSE_FAILED"},
    }


@pytest.mark.parametrize(
    "query",
    [
        "{ calle }",
        "{ ... on Quer { caller } }",
        "{ caller @includ(if: true) }",
        "{ node(i: 1) { id } }",
    ],
)
async def test_nothing_is_suggested(query: str) -> None:
    result = await ask(query)

    assert {error.extensions["code"] for error in result.errors} == {"GRAPHQL_VALIDATION_FAILED"}
    assert not [error.message for error in result.errors if "mean" in error.message]


async def test_at_most_five_errors_are_told() -> None:
    result = await ask("{ a b c d e f g }")

    assert len(result.errors) == 5


@pytest.mark.parametrize(
    ("query", "name", "message"),
    [
        ("query A { caller } query B { caller }", None,
         "The document has several operations: say by 'operationName' which to run."),
        ("query A { caller }", "B", "The document has no operation of this name."),
        ("{ caller }", "", "The document has no operation of this name."),
        ("fragment F on Query { caller }", None, None),
    ],
)  # fmt: skip
async def test_it_must_be_clear_which_operation_is_meant(
    query: str, name: str | None, message: str | None
) -> None:
    code, told_message = await only(query, name)

    if message:
        assert (code, told_message) == ("BAD_REQUEST", message)


@pytest.mark.parametrize(
    ("_case", "query", "variable", "code"),
    [
        ("for a number", '{ people(first: "219-09-9999") { edges { cursor } } }', None,
         "GRAPHQL_VALIDATION_FAILED"),
        ("in a variable", PAGE, SECRET, "BAD_USER_INPUT"),
        ("in an object", "query($n: ID!) { node(id: $n) { id } }", {"a": SECRET}, "BAD_USER_INPUT"),
        ("in a list", "query($n: [ID!]!) { nodes(ids: $n) { id } }", [[SECRET]], "BAD_USER_INPUT"),
        ("a text in place of a field", '{ "219-09-9999" }', None, PARSED),
        ("a number in place of a field", "{ 219099999 }", None, PARSED),
        ("a long text in place of a field", '{ """219-09-9999""" }', None, PARSED),
    ],
)  # fmt: skip
async def test_values_are_not_repeated(_case: str, query: str, variable: object, code: str) -> None:
    told_code, message = await only(query, n=variable)

    assert told_code == code
    assert "999" not in message


@pytest.mark.parametrize("digits", [20, 400, 5_000])
async def test_numbers_without_end_tell_nothing_of_the_inside(digits: int) -> None:
    number = "9" * digits

    written = await only(PAGE.replace("($n: Int)", "").replace("$n", number))
    default = await only(PAGE.replace("Int", f"Int = {number}"))

    assert written[0] == default[0] == "GRAPHQL_VALIDATION_FAILED"
    assert not [text for _, text in (written, default) if "9" in text or "digits" in text]


async def test_a_mistake_found_by_a_resolver_keeps_its_words_and_code() -> None:
    code, message = await only('{ people(after: "junk") { edges { cursor } } }')

    assert (code, message) == ("CURSOR_INVALID", "This is not a cursor of this list.")


async def test_a_fault_of_ours_is_masked_and_the_rest_stands() -> None:
    result = await ask("{ broken caller }")

    assert result.data == {"broken": None, "caller": None}
    [error] = [one.formatted for one in result.errors]
    assert error == {
        "message": "Internal server error",
        "locations": [{"line": 1, "column": 3}],
        "path": ["broken"],
        "extensions": {"code": "INTERNAL_SERVER_ERROR"},
    }


@pytest.mark.parametrize(
    ("cause", "code", "message"),
    [
        (TimedOut("Too slow."), "TIMED_OUT", "Too slow."),
        (Forbidden("Not you."), "FORBIDDEN", "Not you."),
        (SetupError("/some/path"), "INTERNAL_SERVER_ERROR", "Internal server error"),
        (KeyError("x"), "INTERNAL_SERVER_ERROR", "Internal server error"),
        (GraphQLError("Ours.", extensions={"code": "OURS"}), "OURS", "Ours."),
    ],
)
def test_only_errors_meant_for_clients_reach_them(
    cause: Exception, code: str, message: str
) -> None:
    error = GraphQLError(
        str(cause), path=["a"], original_error=cause, extensions=getattr(cause, "extensions", None)
    )

    [seen] = told([error], ran=True)

    assert (seen.message, seen.extensions, seen.path) == (message, {"code": code}, ["a"])
    assert seen.original_error is None


def test_a_failure_of_the_machinery_is_ours() -> None:
    assert by_accident(GraphQLError("x", original_error=ValueError("x")))
    assert not by_accident(GraphQLError("x"))


@pytest.mark.parametrize(
    "query",
    [
        "{ __schema { queryType { name } } }",
        '{ __type(name: "Query") { name } }',
        "{ ...F } fragment F on Query { s: __schema { queryType { name } } }",
    ],
)
async def test_introspection_needs_a_viewer(query: str) -> None:
    refused = await ask(query)
    answered = await ask(query, viewer=Caller("Ada"))

    assert [error.extensions for error in refused.errors] == [{"code": "UNAUTHENTICATED"}]
    assert answered.errors is None


async def test_the_name_of_a_type_is_no_introspection() -> None:
    result = await ask("{ __typename }")

    assert result.data == {"__typename": "Query"}


async def test_streams_are_refused_masked_and_fresh_as_well() -> None:
    context = Context(None)

    async def results(query: str) -> list[Any]:
        return [one async for one in await toy.stream(query, context_value=context)]

    [refused], [broken], [first], [second] = [
        await results(query) for query in ("{ a }", "{ broken }", "{ seen }", "{ seen }")
    ]

    assert refused.errors[0].extensions == {"code": "GRAPHQL_VALIDATION_FAILED"}
    assert broken.errors[0].message == "Internal server error"
    assert (first.data, second.data) == ({"seen": 1}, {"seen": 1})


@pytest.mark.parametrize(
    "query",
    [
        "{ n219_09_9999 }",
        "{ caller @n219_09_9999 }",
        "{ caller ...n219_09_9999 }",
        "query ($a: n219_09_9999) { caller(a: $a) }",
        "{ caller } n219_09_9999",
    ],
)
async def test_a_name_that_is_a_number_is_masked(query: str) -> None:
    result = await ask(query)

    told = " ".join(error.message for error in result.errors)
    assert "n***-**-9999" in told
    assert "219" not in told
