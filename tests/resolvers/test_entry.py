"""Where a query enters the graph: what finds a thing, and what is refused with a remedy."""

import pytest

from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

BAD = [
    '{ account(by: {importerNumber: "123"}) { id } }',
    '{ account(by: {importerNumber: "12-3456789"}) { id } }',
    '{ account(by: {filerCode: "000"}) { id } }',
    '{ account(by: {id: "x"}) { id } }',
    '{ account(by: {id: "UGFydHk6Ty0x"}) { id } }',
    '{ party(by: {lei: "5493001KJTIIGC8Y1R13"}) { id } }',
    '{ party(by: {duns: "12"}) { id } }',
    '{ importerNumber(number: "666-12-3456") { id } }',
    '{ filerCode(code: "B7") { id } }',
    '{ accountManager(id: "UGFydHk6Ty0x") { id } }',
    "{ parties(kinds: [CENTER]) { nodes { id } } }",
]


@pytest.mark.parametrize("document", BAD)
async def test_bad_input_is_refused_before_anything_is_asked(
    harbor: Graph, ask: Ask, document: str
) -> None:
    answer = await ask(document, "BAD_USER_INPUT")

    assert set(answer.values()) <= {None}
    assert harbor.statements == 0


async def test_a_missing_thing_is_null(harbor: Graph, ask: Ask) -> None:
    answer = await ask("""{
      account(by: {importerNumber: "98-7654321AA"}) { id }
      code: account(by: {filerCode: "ZZZ"}) { id }
      importerNumber(number: "98-7654321AA") { id }
      filerCode(code: "ZZZ") { id }
      party(by: {lei: "5493001KJTIIGC8Y1R12"}) { id }
      center(code: "CEE011") { id }
    }""")

    assert set(answer.values()) == {None}


@pytest.mark.parametrize(
    "spelling",
    [
        "CEE004",
        "cee004",
        "Apparel, Footwear & Textiles",
        "apparel footwear and textiles",
        "Clothing, footwear and textiles",
    ],
)
async def test_a_center_answers_to_every_spelling(harbor: Graph, ask: Ask, spelling: str) -> None:
    document = "query ($code: String!) { center(code: $code) { code } }"

    assert await ask(document, code=spelling) == {"center": {"code": "CEE004"}}


async def test_a_party_is_known_by_what_it_is_registered_with(
    graph: Graph, key: IdentifierKey, ask: Ask
) -> None:
    lei, duns = "5493001KJTIIGC8Y1R12", "150483782"
    rows: list[worlds.Row] = [
        worlds.organization("O-7", "Quay Goods", lei=lei, duns=duns),
        worlds.number(key, "N-7", "061234-12345"),
        worlds.code("B76"),
        worlds.account("A-7", "Quay Brokers", "Broker"),
        worlds.claim("Party:O-7", "HOLDS", "ImporterNumber:N-7"),
        worlds.claim("FilerCode:B76", "IDENTIFIES", "Account:A-7"),
        worlds.claim("Party:O-7", "HOLDS", "FilerCode:B76"),
    ]
    await write(graph, rows, at=worlds.RECORDED)

    answer = await ask(
        """query ($lei: String!, $duns: String!) {
          lei: party(by: {lei: $lei}) { name }
          duns: party(by: {duns: $duns}) { name accounts { nodes { name principal { name } } } }
          number: party(by: {importerNumber: "061234-12345"}) { name }
          filerCode(code: "b76") {
            code holder { name } account { name filerCodes { nodes { code } } }
            accounts { totalCount { value } }
          }
        }""",
        lei=lei,
        duns=duns,
    )

    quay = {"name": "Quay Goods"}
    assert answer == {
        "lei": quay,
        "duns": {
            **quay,
            "accounts": {"nodes": [{"name": "Quay Brokers", "principal": quay}]},
        },
        "number": quay,
        "filerCode": {
            "code": "B76",
            "holder": quay,
            "account": {"name": "Quay Brokers", "filerCodes": {"nodes": [{"code": "B76"}]}},
            "accounts": {"totalCount": {"value": 1}},
        },
    }


async def test_a_social_security_number_is_found_whole_and_shown_masked(
    graph: Graph, key: IdentifierKey, ask: Ask
) -> None:
    rows: list[worlds.Row] = [worlds.number(key, "N-8", "219-09-9999")]
    await write(graph, rows, at=worlds.RECORDED)

    answer = await ask(
        '{ importerNumber(number: "219-09-9999") { display label type siblings { nodes { id } } } }'
    )

    assert answer["importerNumber"] == {
        "display": "***-**-9999",
        "label": "***-**-9999",
        "type": "SSN",
        "siblings": None,
    }
    stored = await graph.schema("MATCH (n:ImporterNumber) RETURN n {.*} AS n")
    [row] = stored
    hashes = {"lookup", "keyId", "digest"}  # in which any three digits may stand by chance
    told = {name: value for name, value in row["n"].items() if name not in hashes}
    assert "219" not in str(told)
    assert "219099999" not in str(stored).replace("-", "")


async def test_parties_are_found_by_the_beginnings_of_words(harbor: Graph, ask: Ask) -> None:
    document = "query ($words: String) { parties(nameContains: $words) { nodes { name } } }"

    async def found(words: str) -> list[str]:
        answer = await ask(document, words=words)
        return [node["name"] for node in answer["parties"]["nodes"]]

    assert await found("harb hold") == ["Harbor Holdings"]
    assert await found("HAF") == ["Harbor Holdings"]
    assert await found("harbor") == ["Harbor Holdings", "Harbor Mill"]
    assert await found("bor") == []
    assert await found('"(/ AND') == []
    assert await found("***") == []


async def test_who_is_asking(harbor: Graph, ask: Ask) -> None:
    answer = await ask("{ viewer { name permissions } centers { code } }")

    assert answer["viewer"]["name"] == "Development viewer"
    assert "READ_OWNERSHIP" in answer["viewer"]["permissions"]
    assert answer["centers"] == [{"code": "CEE004"}]
