"""Claims as tests record them."""

from typing import Any

from tests.commands.conftest import Give, gid
from tests.resolvers.conftest import Ask

SELECTED = """relationships {
  id type from { key } to { key } validFrom validTo share { min max disclosed } interest
  source { name reference url } recordedBy reason version supersededAt
}"""
SOURCE = {"name": "SEC Schedule 13D", "reference": "24-000001"}


def owning(**more: object) -> dict[str, object]:
    """Iris owns 30 percent of the mill."""
    return {
        "type": "OWNS",
        "fromId": gid("Party:P-1"),
        "toId": gid("Party:O-2"),
        "share": {"min": 30, "max": 30},
        "validFrom": "2024-07-01",
        "source": SOURCE,
        **more,
    }


async def recorded(give: Give, **more: object) -> dict[str, Any]:
    """A claim just recorded."""
    answer = await give("recordRelationships", SELECTED, relationships=[owning(**more)])
    assert answer["userErrors"] == []
    claim: dict[str, Any] = answer["relationships"][0]
    return claim


async def managed(ask: Ask, type_: str = "MANAGED_BY", role: str | None = "PRIMARY") -> str:
    """The id of a claim of account A-1."""
    document = """query ($id: ID!, $type: RelationshipType!) {
      account(by: {id: $id}) { relationships(types: [$type]) { nodes { id role } } }
    }"""
    answer = await ask(document, id=gid("Account:A-1"), type=type_)
    nodes = answer["account"]["relationships"]["nodes"]
    return str(next(node["id"] for node in nodes if node["role"] == role))
