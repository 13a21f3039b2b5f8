"""What the conformance kit is told of this product: every variable, so that nothing is skipped."""

import asyncio
import json
import os
import sys
from pathlib import Path

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    build_schema,
    get_named_type,
)

from graph import ids
from graph.local_lock import joined
from graph.roles import Role
from graph.session import connect
from scripts.bearer import bearer

ROOT = Path(__file__).parents[1]
SDL = ROOT / "docs" / "schema.graphql"
RELEASED = ROOT / "tests" / "conformance" / "released.graphql"
BROKEN = "Job:kit-broken"
CODES = (
    "BAD_REQUEST,GRAPHQL_PARSE_FAILED,GRAPHQL_VALIDATION_FAILED,BAD_USER_INPUT,CURSOR_INVALID,"
    "CURSOR_EXPIRED,UNAUTHENTICATED,FORBIDDEN,LIMIT_EXCEEDED,COST_EXCEEDED,RATE_LIMITED,"
    "TIMED_OUT,UNAVAILABLE,INTERNAL_SERVER_ERROR,DOCUMENT_NOT_FOUND,PERSISTED_QUERY_NOT_FOUND,"
    "PERSISTED_QUERY_NOT_SUPPORTED"
)
# One thing of each kind, with long lists where the demo world has them.
THINGS = (
    "Account:A-1001 Account:A-2001 Party:O-2001 Party:P-2003 Party:U-1 FilerCode:B76"
    " AccountManager:M-31 Specialist:S-1 Discipline:IMPORT_SPECIALIST Center:CEE004 Port:2704"
    " HtsChapter:61 IsaParticipation:I-1 RiskFlag:F-23 Issue:IS-11 Strategy:ST-1"
    " SharedAttribute:SA-1"
)
FOLLOW = """subscription KitFollow {
  changes(filter: {kinds: [PARTY_SAVED]}) { kind cursor change { id kind subject { label } } }
}"""
SAVE = """mutation KitSave {
  saveParty(input: {kind: ORGANIZATION, name: "Plainfield Tally"}) { cursor }
}"""
CREATE = """mutation KitCreate($name: String!) {
  saveParty(input: {kind: ORGANIZATION, name: $name}) { party { id } }
}"""
FAIL = "query KitFail($id: ID!) { node(id: $id) { id } }"


def settings(address: str, process: int, operations: Path, folder: Path) -> dict[str, str]:
    """What the kit is told of the server at an address, whose graph lies in the folder."""
    asyncio.run(broken(folder))
    return {
        "NO_SKIP": os.environ.get("NO_SKIP", "1"),
        "GRAPHQL_URL": address + "/graphql",
        "METRICS_URL": address + "/metrics",
        "METRIC": "graphql_subscriptions_active",
        "SERVER_PID": str(process),
        "OPERATIONS": str(operations),
        "NODE_IDS": ",".join(ids.encode(thing) for thing in THINGS.split()),
        "SDL": str(SDL),
        "BASELINE": str(RELEASED),
        "ERROR_CODES": CODES,
        "SUBSCRIPTION": FOLLOW,
        "TRIGGER": SAVE,
        "CREATE": CREATE,
        "CREATE_VARIABLES": json.dumps({"name": "Tally {unique}"}),
        "CREATE_LIST": "Query.parties",
        "CONNECTIONS": ",".join(connections()),
        "CONNECTION_ARGS": json.dumps(
            {
                "Query.search": {"text": "trading"},
                "Query.reachable": {"from": ids.encode("Account:B-1")},
            }
        ),
        "FAILING": FAIL,
        "FAILING_VARIABLES": json.dumps({"id": ids.encode(BROKEN)}),
        # A server grows by some 130 MB over its first changes and streams, and then no more.
        "MAX_GROWTH_MB": "250",
        "MAX_EDGES": "20000",  # the change log of the demo world has some 10,000 entries
        "IDE": "1",  # the page at /graphql asks nobody else
        "INTROSPECTION": "1",  # whoever is signed in may read the schema
        "AUTH": bearer(folder),
        "AUTH_WEAK": bearer(folder, role=Role.HQ_ANALYST),
        "FORBIDDEN": 'mutation { raiseRiskFlag(input: {flag: {subjectId: "x", kind: "X"}'
        "}) { userErrors { code } } }",
        "TOKEN_COMMAND": f"{sys.executable} -m scripts.bearer {folder}",
    }


def connections() -> list[str]:
    """Every connection, as the kit spells it, but those of `RedactedNode`.

    The id of such a thing is another one in each answer and leads nowhere: none can be asked for.
    """
    schema = build_schema(SDL.read_text(encoding="utf-8"))
    node = schema.type_map["Node"]
    assert schema.query_type
    assert isinstance(node, GraphQLInterfaceType)
    things = [each for each in schema.get_possible_types(node) if each.name != "RedactedNode"]
    return [
        f"{type_.name}.{name}" for type_ in (schema.query_type, *things) for name in paged(type_)
    ]


def paged(type_: GraphQLObjectType) -> list[str]:
    """The fields of a type that are connections."""

    def named(each: GraphQLNamedType) -> str:
        return each.name

    return [
        name
        for name, field in type_.fields.items()
        if named(get_named_type(field.type)).endswith("Connection")
    ]


async def broken(folder: Path) -> None:
    """Store a job without its properties, as nobody can write one: the server fails at it."""
    address = joined(folder)
    assert address
    async with connect(address) as graph:
        await graph.schema(f"MERGE (:Job {{key: '{BROKEN}'}})")
