"""Documents are read once, and introspection passes."""

from graphql import get_introspection_query

from schema.extensions import documents as module
from schema.extensions.documents import Documents
from schema.extensions.limits import Limits
from tests.transport.toy import Caller, Context, toy

EVERYTHING = get_introspection_query(
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
)


def empty(most: int = 1_000) -> Documents:
    return Documents(toy._schema, Limits(), most)


def test_a_document_is_read_once() -> None:
    documents = empty()

    first = documents.read("{ caller }")

    assert documents.read("{ caller }") is first
    assert documents.read("{ caller  }") is not first


def test_faults_are_known_as_well() -> None:
    documents = empty()

    assert documents.read("{").errors is documents.read("{").errors
    assert len(documents.read("{").errors) == 1


def test_the_latest_documents_are_kept() -> None:
    documents = empty(most=2)
    first, second = documents.read("{ caller }"), documents.read("{ seen }")

    documents.read("{ caller }")
    documents.read("{ slow }")

    assert documents.read("{ caller }") is first
    assert documents.read("{ seen }") is not second


def test_long_documents_leave_sooner() -> None:
    documents = empty()
    first = documents.read("{ caller }")

    for number in range(3):
        documents.read(f"{{ caller }} # {number}" + "x" * (module.TEXT // 3))

    assert documents.read("{ caller }") is not first


def test_operations_are_known_by_name_with_their_kind() -> None:
    document = empty().read("query A { caller } mutation B { tell }")

    assert {name: one.kind for name, one in document.operations.items()} == {
        "A": "query", "B": "mutation",
    }  # fmt: skip
    assert document.operation("B") is document.operations["B"]
    assert document.operation(None) is None


async def test_clients_can_read_the_whole_schema() -> None:
    result = await toy.execute(EVERYTHING, context_value=Context(Caller("Ada")))

    assert result.errors is None
    assert result.data
    assert len(result.data["__schema"]["types"]) > 10


async def test_introspection_in_circles_is_refused() -> None:
    circle = "{ __schema { types { " + "fields { type { " * 7 + "name" + " } }" * 7 + " } } }"

    result = await toy.execute(circle, context_value=Context(Caller("Ada")))

    assert result.data is None
    assert result.errors
