"""Centers, chapters, disciplines and managers: who and what belongs to each."""

from datetime import UTC, date, datetime

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask
from tests.resolvers.teams import reference

CENTER = """
  query ($code: String!, $disciplines: [String!], $states: [CenterChangeState!]) {
    center(code: $code) {
      managers { nodes { name } }
      specialists(disciplines: $disciplines) { nodes { name } }
      scopes { chapter { code } fromHeading toHeading precedence source { name } }
      changeRequests(states: $states) { id state }
    }
  }
"""


async def test_a_center_lists_who_and_what_belongs_to_it(team: Graph, ask: Ask) -> None:
    found = (await ask(CENTER, code="Machinery", states=["REQUESTED"]))["center"]
    other = (await ask(CENTER, code="CEE004", disciplines=["ENTRY_SPECIALIST"]))["center"]

    assert [each["state"] for each in found["changeRequests"]] == ["REQUESTED"]
    assert [(s["chapter"]["code"], s["fromHeading"]) for s in found["scopes"]] == [("61", "6101")]
    assert [node["name"] for node in other["managers"]["nodes"]] == ["R. Alder", "S. Birch"]
    assert [node["name"] for node in other["specialists"]["nodes"]] == ["Eve Entry"]
    assert [each["state"] for each in other["changeRequests"]] == ["DENIED", "REQUESTED"]


async def test_a_chapter_names_the_center_with_most_of_it_first(team: Graph, ask: Ask) -> None:
    document = (
        """{ htsChapter(code: "61") { title centers { code } scopes { center { code } } } }"""
    )

    found = (await ask(document))["htsChapter"]

    assert [center["code"] for center in found["centers"]] == ["CEE004", "CEE010"]
    assert [scope["center"]["code"] for scope in found["scopes"]] == ["CEE010", "CEE004"]


async def test_the_centers_of_several_chapters_cost_what_those_of_one_do(
    team: Graph, ask: Ask
) -> None:
    more: list[worlds.Row] = [
        reference("HtsChapter", "62", title="Woven apparel"),
        worlds.NodeRow("HtsHeading", "6201", ("HtsHeading",), {"code": "6201", "chapter": "62"}),
    ]
    for code, precedence in (("CEE004", 8), ("CEE010", 9)):
        more.append(
            worlds.claim(
                "HtsChapter:62",
                "SCOPE_OF",
                f"Center:{code}",
                precedence=precedence,
                basis="inferred",
            )
        )
    assert (await write(team, more, at=worlds.RECORDED)).refused == []
    team.statements = 0
    document = (
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on HtsChapter { centers { code } } } }"
    )

    found = await ask(document, ids=[ids.encode(f"HtsChapter:{code}") for code in ("61", "62")])

    both = [{"code": "CEE004"}, {"code": "CEE010"}]
    assert found["nodes"] == [{"centers": both}, {"centers": both}]
    assert team.statements == 3  # the chapters, their scopes, their headings


async def test_a_discipline_names_who_practises_it(team: Graph, ask: Ask) -> None:
    document = """
      query ($centers: [String!]) {
        discipline(code: "REGULATORY_AUDITOR") {
          reportsTo specialists(centers: $centers) { nodes { name accounts { nodes { name } } } }
        }
        disciplines { name }
      }
    """
    all_ = await ask(document)
    some = await ask(document, centers=["Apparel, Footwear & Textiles"])

    names = [node["name"] for node in all_["discipline"]["specialists"]["nodes"]]
    assert names == ["Abe Auditor", "Una Auditor", "Zoe Auditor"]
    assert [n["name"] for n in some["discipline"]["specialists"]["nodes"]] == names[:2]
    assert [each["name"] for each in all_["disciplines"]] == [
        "Entry specialist",
        "Regulatory auditor",
    ]
    await ask(document, "BAD_USER_INPUT", centers=["Atlantis"])


MANAGERS = """
  query (
    $centers: [String!], $national: Boolean, $active: Boolean = true,
    $first: Int, $after: String, $last: Int
  ) {
    accountManagers(
      centers: $centers, national: $national, active: $active,
      first: $first, after: $after, last: $last
    ) {
      totalCount { value relation }
      nodes { name }
      pageInfo { hasNextPage hasPreviousPage endCursor }
    }
  }
"""


async def test_account_managers_by_name_both_ways(team: Graph, ask: Ask) -> None:
    first = (await ask(MANAGERS, first=1))["accountManagers"]
    second = (await ask(MANAGERS, first=1, after=first["pageInfo"]["endCursor"]))["accountManagers"]
    last = (await ask(MANAGERS, last=1, national=True, centers=["CEE004"]))["accountManagers"]
    none = (await ask(MANAGERS, active=False))["accountManagers"]

    assert [each["nodes"][0]["name"] for each in (first, second, last)] == [
        "R. Alder",
        "S. Birch",
        "S. Birch",
    ]
    assert first["totalCount"] == {"value": 2, "relation": "EXACT"}
    assert (second["pageInfo"]["hasNextPage"], last["pageInfo"]["hasPreviousPage"]) == (False, True)
    assert none["nodes"] == []


async def test_reference_data_by_code(team: Graph, ask: Ask) -> None:
    assert (await ask('{ port(code: "9999") { name } }'))["port"] is None
    for bad in ('port(code: "12")', 'htsChapter(code: "1")', 'discipline(code: "?")'):
        await ask(f"{{ {bad} {{ code }} }}", "BAD_USER_INPUT")
    term = worlds.NodeRow(
        "Term", "TOPIC.VALUATION", ("Term",),
        {
            "vocabulary": "TOPIC",
            "code": "VALUATION",
            "label": "Valuation",
            "validTo": date(2025, 1, 1),
        },
    )  # fmt: skip
    await write(team, [term], at=datetime(2024, 7, 1, tzinfo=UTC))
    document = "query ($on: Date) { vocabulary(name: TOPIC, on: $on) { label } }"
    assert (await ask(document, on="2024-01-01"))["vocabulary"] == [{"label": "Valuation"}]
    assert (await ask(document, on="2025-01-01"))["vocabulary"] == []
