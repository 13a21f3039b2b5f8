"""What an operation uses: the rights of its fields, and the explanations of risk it asks for."""

from itertools import pairwise

import pytest

from schema import schema
from schema.extensions.uses import Uses


def used(text: str, name: str | None = None) -> Uses:
    document = schema.documents.read(text)
    return document.uses[name]


CHAINS = "risk { chains { strength } }"
REACHED = "... on RiskSubject { x: riskReach { edges { cursor } } }"


@pytest.mark.parametrize(
    ("inside", "explained"),
    [
        (f"... on Organization {{ {CHAINS} }}", ("chains",)),
        (f"... on Organization {{ risk {{ score }} }} {REACHED}", ("riskReach",)),
        (f"... on Organization {{ {CHAINS} }} {REACHED}", ("chains", "riskReach")),
        ("... on Organization { risk { score } }", ()),
    ],
)
def test_explanations_of_risk_are_named_wherever_they_stand(
    inside: str, explained: tuple[str, ...]
) -> None:
    found = used(f"{{ node(id: 1) {{ {inside} }} }}")

    assert found.explained == explained
    assert "READ_RISK" in found.rights


def test_fragments_are_followed() -> None:
    first, second = (
        "fragment a on Organization { risk { ...b } }",
        "fragment b on Risk { chains { strength } }",
    )

    assert used(f"{{ node(id: 1) {{ ...a }} }} {first} {second}").explained == ("chains",)


def test_each_operation_of_a_document_has_its_own() -> None:
    text = "query A { viewer { name } } query B { node(id: 1) { ... on Party { risk { score } } } }"

    assert used(text, "A") == Uses()
    assert used(text, "B").rights == ("READ_RISK",)


def test_a_document_that_is_not_valid_uses_nothing() -> None:
    document = schema.documents.read("{ node(id: 1) { ...a } } fragment a on Party { nothing }")

    assert document.errors
    assert document.uses == {}


def test_fragments_that_spread_each_other_twice_are_looked_at_once() -> None:
    names = [f"f{number}" for number in range(4)]
    spread = " ".join(
        f"fragment {one} on Party {{ ...{other} x{one}: id ...{other} }}"
        for one, other in pairwise(names)
    )
    text = f"{{ node(id: 1) {{ ...f0 }} }} {spread} fragment f3 on Party {{ risk {{ score }} }}"
    document = schema.documents.read(text)

    assert not document.errors
    assert document.uses[None].rights == ("READ_RISK",)
