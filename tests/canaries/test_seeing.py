"""The search itself: what tells a number is seen, whatever it stands in, and nothing else is."""

import base64
import json
from collections.abc import Callable

import pytest

from graph.identifiers import parse_number
from tests.canaries.marks import NUMBERS, SPELLINGS, WAYS, Marks
from tests.canaries.places import places
from tests.canaries.requests import request
from tests.canaries.seeing import Sight

SEEN = Sight({number.replace("-", ""): number for number in NUMBERS})
TEXTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "JSON": lambda text: json.dumps({"told": [text]}),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"told": text})),
}
BYTES: dict[str, Callable[[str], bytes]] = {
    "UTF-16, low byte first": lambda text: text.encode("utf-16-le"),
    "UTF-16, high byte first": lambda text: text.encode("utf-16-be"),
    "hex": lambda text: text.encode().hex().encode(),
    "capital hex": lambda text: text.encode().hex().upper().encode(),
}
GROUPS: dict[str, Callable[[str], bytes]] = {  # where in a group of three bytes it begins
    "alone": lambda text: base64.b64encode(text.encode()),
    "behind one": lambda text: base64.b64encode(f'"{text}"'.encode()),
    "behind two": lambda text: base64.urlsafe_b64encode(f'{{"{text}"'.encode()),
    "in the midst": lambda text: base64.b64encode(f"Party:{text} at the quay".encode()),
}
ASCII = ("hyphens", "nothing", "spaces", "dots", "underscores")


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", TEXTS)
def test_a_number_is_seen_in_whatever_spelling(number: str, way: str, form: str) -> None:
    told = TEXTS[form](WAYS[way](number))

    assert SEEN.of(f"before: {told} and after".encode()) == [number]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("spelled", SPELLINGS)
@pytest.mark.parametrize("form", BYTES)
def test_a_number_is_seen_in_other_bytes(number: str, spelled: str, form: str) -> None:
    told = BYTES[form](SPELLINGS[spelled](number))

    assert SEEN.of(b"before: " + told + b" and after") == [number]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("spelled", ASCII)
@pytest.mark.parametrize("group", GROUPS)
def test_a_number_is_seen_wherever_a_group_of_base64_begins(
    number: str, spelled: str, group: str
) -> None:
    told = GROUPS[group](SPELLINGS[spelled](number))

    assert SEEN.of(b'{"id":"' + told + b'"}') == [number]


@pytest.mark.parametrize(
    "told",
    [
        b"***-**-9999", b"219-09", b"2190999991", b"1219099999", b"0.219099999",
        b"e219099999a", b"219-009-9999", b"219-09-999", b"078-05-1121", b"",
    ],
)  # fmt: skip
def test_what_tells_none_is_not_taken_for_one(told: bytes) -> None:
    assert SEEN.all(told) == []


def test_a_thousand_numbers_are_of_the_form_that_is_accepted_and_differ() -> None:
    marks = Marks("seed")
    made = [marks.new(f"place {n}") for n in range(1_000)]

    assert {parse_number(number).type for number in made} == {"SSN"}
    assert len(set(made)) == len(marks.sent) == 1_000
    assert made == [Marks("seed").new(f"place {n}") for n in range(1_000)]
    assert marks.new("place 7") == made[7]


def test_an_input_that_is_new_is_tried_of_itself() -> None:
    found = {str(place): place for place in places()}

    assert len(found) > 900
    for name in (
        "Query.node(id)",
        "Mutation.saveParty(input.aliases)",
        "Mutation.recordRelationships(input.relationships.source.url)",
        "Subscription.changes(filter.centers)",
        "Organization.owners(after)",
    ):
        assert name in found
    sent = request(found["Mutation.saveParty(input.name)"], ["one", "two"], [True, False])
    assert 'name: "one"' in sent["query"]
    assert sent["variables"]["t1_input"]["name"] == "two"
