"""The list of fields that owners may be told: of the documents, whole, and kept before any data."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from graphql import (
    FieldNode,
    GraphQLObjectType,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_abstract_type,
    parse,
    validate,
    visit,
)

from graph.errors import Forbidden
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from schema.extensions.owners import FIELDS, OPEN
from schema.extensions.rights import FENCED
from tests.owners.conftest import DOCUMENTS, FOLDER, OWNER
from tests.schema.asked import SDL, resolved, selection
from tests.schema.test_matrix import OWNERS
from transport.manifest import manifest

Place = tuple[str, str]
KINDS = sorted(
    name
    for name, kind in SDL.type_map.items()
    if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
)


class Asked(Visitor):
    """The fields that a document asks for, of every type that may be met there."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info
        self.places: set[Place] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent = get_named_type(self.info.get_parent_type())
        assert parent
        name = node.name.value
        kinds = SDL.get_possible_types(parent) if is_abstract_type(parent) else [parent]
        if not name.startswith("__"):
            self.places |= {(kind.name, name) for kind in kinds}


def asked(text: str) -> set[Place]:
    info = TypeInfo(SDL)
    found = Asked(info)
    visit(parse(text), TypeInfoVisitor(info, found))
    return found.places


def test_the_documents_ask_for_what_is_in_the_list_and_for_all_of_it() -> None:
    assert len(DOCUMENTS) > 4
    assert set[Place]().union(*map(asked, DOCUMENTS.values())) == OPEN


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_document_is_valid_and_asks_for_the_present_of_ones_own(name: str) -> None:
    text = DOCUMENTS[name]

    assert validate(SDL, parse(text)) == []
    assert text.startswith("# ")
    assert text.splitlines()[0].endswith("?")
    for word in ("moment", "includeFormer", "filter", "importerNumber:", "filerCode:"):
        assert word not in text  # as an argument
    assert "__schema" not in text


def test_the_manifest_is_written_from_the_documents() -> None:
    file = FOLDER.parents[1] / "transport" / "trade_owner.json"
    left_out: list[str] = []

    assert manifest(schema, FOLDER, left_out.append) == file.read_text(encoding="utf-8")
    assert left_out == []


def test_the_page_names_every_document_by_its_id() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")

    for name, text in DOCUMENTS.items():
        question = text.splitlines()[0].removeprefix("# ")
        sha256 = schema.documents.read(text).sha256
        assert f"| [{name}]({name}.graphql) | {question} | `sha256:{sha256}` |" in page


def test_the_matrix_says_the_same() -> None:
    assert {f"{kind}.{name}" for kind, name in OPEN} == OWNERS


def test_nothing_of_the_list_is_of_what_owners_are_never_told() -> None:
    never = (
        *("risk", "flag", "strateg", "owner", "segment", "agenda", "warning", "caseload", "search"),
        *("change", "part", "peer", "comparison", "team", "handler", "discipline", "concerns"),
        *("degrees", "relationships", "siblings", "source", "reason", "recorded", "actor", "note"),
    )

    assert not [p for p in OPEN if any(word in p[1].lower() for word in never)]
    assert not {"Mutation", "Subscription", "Viewer", "Party", "Organization", "Person"} & set(
        FIELDS
    )


def served() -> Iterator[Place]:
    for kind in KINDS:
        yield from ((kind, name) for name in SDL.type_map[kind].fields)  # type: ignore[attr-defined]


def told(place: Place, monkeypatch: pytest.MonkeyPatch) -> str:
    """`read` if the field was resolved for an owner, else why not."""
    root = GraphQLSchema(schema._schema.type_map[place[0]])  # type: ignore[arg-type]
    read, found = resolved(place, root, SimpleNamespace(viewer=OWNER), monkeypatch)
    if read:
        return "read"
    [error] = found.errors or []
    assert error.path == ["asked"]
    assert found.data in (None, {"asked": None})
    assert isinstance(error.original_error, Forbidden)
    return str(error.original_error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_is_read_if_it_is_in_the_list(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {place: told(place, monkeypatch) for place in served() if place[0] == kind}

    wrong = {p: how for p, how in found.items() if how != ("read" if p in OPEN else FENCED)}
    assert wrong == {}


@pytest.mark.parametrize("word", ["query", "mutation"])
async def test_no_other_entry_sends_a_statement(
    word: str, owned: Graph, seal: Seal, key: IdentifierKey
) -> None:
    root: Any = SDL.query_type if word == "query" else SDL.mutation_type
    for name in sorted(set(root.fields) - set(FIELDS["Query"].split())):
        text = f"{word} {{ {selection(root.fields, name)} }}"
        context = Context(owned, OWNER, seal, key)
        found = await schema.execute(text, context_value=replace(context))
        codes = {str((error.extensions or {}).get("code")) for error in found.errors or ()}
        assert codes in ({"FORBIDDEN"}, {"BAD_USER_INPUT"}), name
        assert not any((found.data or {}).values())
    assert owned.statements == 0


async def test_an_owner_follows_nothing(owned: Graph, seal: Seal, key: IdentifierKey) -> None:
    root: Any = SDL.subscription_type
    for name in root.fields:
        text = f"subscription {{ {selection(root.fields, name)} }}"
        source = await schema.stream(text, context_value=Context(owned, OWNER, seal, key))
        first: Any = await anext(source)
        await source.aclose()
        assert {error.extensions["code"] for error in first.errors} == {"FORBIDDEN"}
    assert owned.statements == 0


@pytest.mark.parametrize(
    "text", ["{ __schema { queryType { name } } }", '{ __type(name: "A") { name } }']
)
async def test_an_owner_reads_no_schema(
    text: str, owned: Graph, seal: Seal, key: IdentifierKey
) -> None:
    found = await schema.execute(text, context_value=Context(owned, OWNER, seal, key))

    assert found.data is None
    assert [error.extensions for error in found.errors or ()] == [{"code": "FORBIDDEN"}]


async def test_a_field_beyond_the_list_is_null_and_the_rest_is_told(
    owned: Graph, seal: Seal, key: IdentifierKey
) -> None:
    text = "{ accounts { nodes { name segment { name } flags { id } } } }"
    found = await schema.execute(text, context_value=Context(owned, OWNER, seal, key))

    assert found.data == {
        "accounts": {"nodes": [{"name": "Harbor Mill", "segment": None, "flags": None}]}
    }
    assert sorted(error.path[-1] for error in found.errors or ()) == ["flags", "segment"]  # type: ignore[index]
