"""Who learns of the schema from the server: introspection, and names that were perhaps meant."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from graph.disclosure import Disclosing, Disclosure
from graph.policy import DEVELOPMENT, Viewer
from graph.roles import Role
from tests.transport.toy import Caller, Context, toy


@dataclass
class Told(Context):
    disclosure: Disclosure = field(default_factory=lambda: Disclosure(introspection=False))


ANALYST = Viewer("1", "A", (), roles=(Role.HQ_ANALYST,))
SCHEMA = "{ __schema { queryType { name } } }"
MISSPELT = "{ calle }"


async def errors(query: str, context: Any) -> list[tuple[str, str]]:
    found = await toy.execute(query, {}, context)
    return [(e.message, e.extensions["code"]) for e in found.errors or [] if e.extensions]


@pytest.mark.parametrize(
    ("whom", "viewer", "may"),
    [
        ("signed-in", None, False),
        ("signed-in", DEVELOPMENT, True),
        ("nobody", DEVELOPMENT, False),
        ("HQ_ANALYST, AUDITOR", ANALYST, True),
        ("AUDITOR", ANALYST, False),
        ("AUDITOR", DEVELOPMENT, False),
    ],
)
def test_the_settings_say_to_whom(whom: str, viewer: Viewer | None, may: bool) -> None:
    assert Disclosing(introspection=whom).to(viewer).introspection is may
    assert Disclosing(suggestions=whom).to(viewer).suggestions is may


async def test_introspection_is_refused_by_role() -> None:
    context = Told(Caller("Ada"))

    refused = await errors(SCHEMA, context)

    assert refused == [("Introspection is not for your role.", "FORBIDDEN")]
    assert await errors(SCHEMA, replace(context, disclosure=Disclosure(True))) == []


async def test_names_are_suggested_to_those_who_may_see_them_only() -> None:
    context = Told(Caller("Ada"))
    suggesting = replace(context, disclosure=Disclosure(False, suggestions=True))
    words = "Cannot query field 'calle' on type 'Query'."

    first = await errors(MISSPELT, suggesting)
    other = await errors(MISSPELT, context)
    again = await errors(MISSPELT, suggesting)

    assert first == again == [(words + " Did you mean 'caller'?", "GRAPHQL_VALIDATION_FAILED")]
    assert other == [(words, "GRAPHQL_VALIDATION_FAILED")]


async def test_values_are_never_repeated_whoever_asks() -> None:
    context = Told(Caller("Ada"), disclosure=Disclosure(True, suggestions=True))

    [(message, _)] = await errors("{ slow(seconds: 219099999999999999999999999999e999) }", context)

    assert "219099" not in message
