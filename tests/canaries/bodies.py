"""What is sent: a number in every spelling to each place, and the example operations."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from graph import ids
from tests.canaries.marks import SPELLINGS, WAYS, Marks
from tests.canaries.places import Place, places
from tests.canaries.requests import BY_NAME, Body, request
from tests.processes import ROOT

OPERATIONS = ROOT / "docs" / "operations"
NUMBERED = {"importerNumber", "number", "importerNumbers"}
NINE = {"duns", "licenseNumber", "reference", "url"}
"""What may have nine digits in a row that are no social security number."""
CHECKED = {"Date", "DateTime", "Decimal"}
"""Scalars that refuse a text before any resolver sees it: one variable would hide all literals."""
LONG = "Somebody said {}, and no more was heard of it in the harbor for a long time after"
MOST = 2  # texts of an example that are replaced


def bodies(marks: Marks) -> Iterator[tuple[Place, Body]]:
    """Requests that put a number of its own in each place; last those that may change something."""
    found = sorted(places(), key=lambda place: place.last == "idempotencyKey")
    for turn, place in enumerate(found):
        texts = list(_texts(place, marks.new(str(place))))
        size = 1 if place.parent == "Subscription" else len(texts)
        for first in range(0, len(texts), size):
            some = texts[first : first + size]
            for literal in _forms(place, len(some), turn + first):
                yield place, request(place, some, literal)


def _forms(place: Place, count: int, turn: int) -> Iterator[Sequence[bool]]:
    """Which of the texts stand in the document, the others being variables."""
    if place.kind in CHECKED:
        yield from ([True] * count, [False] * count)
    else:
        yield [(number + turn) % 2 == 0 for number in range(count)]


def _texts(place: Place, number: str) -> Iterator[str]:
    """The number in every way that such a place may take it."""
    if place.last in NUMBERED:
        yield from (spell(number) for spell in WAYS.values())
    elif place.parent == "Mutation" and place.kind not in {"ID", *CHECKED}:
        yield from _kept(place, number)
    else:  # what is not kept can only be told again: it does not matter what stands beside it
        yield number
        yield ", ".join(spell(number) for spell in WAYS.values())
    if place.kind == "ID":
        label = BY_NAME.get(place.last, "Account").partition(":")[0]
        yield ids.encode(f"{label}:{number}")


def _kept(place: Place, number: str) -> Iterator[str]:
    """Each spelling alone, since one would have the others refused.

    A text may hide a number by encoding it: nobody can see that.
    """
    for turn, (name, spell) in enumerate(SPELLINGS.items()):
        if not (place.last in NINE and name == "nothing"):
            yield _dressed(place, spell(number), turn)


def _dressed(place: Place, text: str, turn: int) -> str:
    """The text as it may come into such a place."""
    if place.last == "email":
        return f"{text.replace(' ', '')}@tally.example"
    if place.last == "url":
        return f"https://tally.example/{text.strip()}"
    return LONG.format(text) if place.kind == "String" and turn % 3 == 0 else text


def operations(marks: Marks) -> Iterator[Body]:
    """Each example operation with a number in the place of a text of its variables."""
    for path in sorted(OPERATIONS.glob("*.graphql")):
        query = path.read_text(encoding="utf-8")
        if query.lstrip().startswith("subscription"):
            continue
        given = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        number = marks.new(f"docs/operations/{path.name}")
        for _, variables in zip(range(MOST), _replaced(given, number), strict=False):
            yield {"query": query, "variables": variables}


def _replaced(value: Any, text: str) -> Iterator[Any]:
    """The value with one of its texts replaced, for each of them."""
    if isinstance(value, str):
        yield text
    items: Sequence[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    for key, inner in items:
        for other in _replaced(inner, text):
            copy = value.copy()
            copy[key] = other
            yield copy


Odd = tuple[str, str, dict[str, Any]]
JSON = {"content-type": "application/json"}
WHO = {"query": "{ viewer { name } }"}


def oddities(marks: Marks) -> Iterator[Odd]:
    """Where no input is: headers, addresses, names, hashes, what is no GraphQL."""
    for name, spell in WAYS.items():
        text = spell(marks.new(f"beside the inputs, {name}")).strip()
        if name in SPELLINGS:  # a name may hide a number by encoding it, as a text may
            yield from _named(text)
        yield from _oddly(text)


def _named(text: str) -> Iterator[Odd]:
    """As the name of whatever a document names."""
    name = "N" + "".join(c if c.isalnum() and c.isascii() else "_" for c in text)
    for query in (
        f"query {name} {{ viewer {{ name }} }}",
        f"query {{ {name} }}",
        f"{{ viewer {{ name(a: {name}) }} ...{name} }}",
        f"query (${name}: {name}) {{ viewer {{ name @{name} }} }}",
        f"{{ viewer {{ name {text} }} }}",
    ):
        yield "POST", "/graphql", {"json": {"query": query}}


def _oddly(text: str) -> Iterator[Odd]:
    header = text.encode("ascii", "backslashreplace").decode()
    said = json.dumps(text, ensure_ascii=False)
    posts: list[dict[str, Any]] = [
        {"json": {**WHO, "operationName": text}},
        {"json": {**WHO, "operationName": {text: text}}},
        {"json": {**WHO, "variables": {text: text}, "extensions": {text: text}}},
        {"json": {"documentId": text}},
        {"json": {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": text}}}},
        {"json": WHO, "headers": {"x-request-id": header, "user-agent": header}},
        {"json": WHO, "headers": {"authorization": f"Bearer {header}"}},
        {"content": text.encode(), "headers": JSON},
    ]
    yield from (("POST", "/graphql", given) for given in posts)
    job = f"/jobs/{text}/file/{text}"
    yield "GET", "/graphql", {"params": {"query": f"{{ node(id: {said}) {{ id }} }}"}}
    yield "GET", f"/{text}", {}
    yield "GET", f"/graphql/assets/{text}", {}
    yield "GET", job.replace("file", "refused"), {}
    yield "PUT", job, {"content": b"x"}


def aliased(marks: Marks) -> Body:
    """A name that the caller gives a field: the answer must have it."""
    number = marks.new("a name that the caller gave").replace("-", "_")
    return {"query": f"query N{number} {{ n{number}: viewer {{ name }} }}"}
