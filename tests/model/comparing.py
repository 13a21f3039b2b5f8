"""What the API shows of the graph, beside what the model holds."""

from collections import Counter
from datetime import date
from typing import Any

from tests.model import segments
from tests.model.state import Claim, State, gid, iso, stored
from tests.resolvers.conftest import Ask

CLAIMS = """relationships(includeFormer: true, first: 100) { totalCount { value } nodes {
  id type from { key } to { key } validFrom validTo role basis interest
  topic { code } scope { code } share { min max disclosed } source { name reference } } }"""
FIELDS = {
    "Account": f"""name status national openedOn closedOn centerEligibility
      segment {{ id }} {CLAIMS}""",
    "ImporterNumber": f"status {CLAIMS}",
    "FilerCode": f"code {CLAIMS}",
    "Party": f"name aliases country {{ code }} {CLAIMS}",
    "AccountManager": f"name active {CLAIMS}",
    "Specialist": f"name email active {CLAIMS}",
    "IsaParticipation": f"""status appliedOn acceptedOn endedOn pendingSince nextNotificationDue
      notifications(limit: 20) {{ dueOn receivedOn reviewedOn }} {CLAIMS}""",
    "RiskFlag": f"raisedOn resolvedOn {CLAIMS}",
    "Issue": f"title purpose status closedOn shared {CLAIMS}",
    "CenterChangeRequest": "state toCenter { id } appeals { id }",
    "SavedView": "title",
    "Strategy": f"""title objective status startsOn reviewOn endedOn segment {{ id }}
      measures {{ title discipline {{ code }} doneOn }} {CLAIMS}""",
    "RiskSegment": "name version precedence treatment filter validFrom validTo",
    "Job": "state format",
}
ALIAS = {"Account": "... on ImporterAccount", "Party": "... on Entity"}
AT_ONCE = 3  # things a query: each may show a hundred claims
SAID = ("role", "basis", "interest", "topic", "scope", "share")
Row = tuple[Any, ...]


async def compare(ask: Ask, state: State) -> int:
    """Assert that both are the same; how many things and claims were compared."""
    seen: dict[str, Row] = {}
    things = 0
    for kind, fields in FIELDS.items():
        keys = [key for key in state.of(kind) if key.startswith(f"{kind}:")]
        for first in range(0, len(keys), AT_ONCE):
            some = keys[first : first + AT_ONCE]
            for key, node in zip(some, await _nodes(ask, kind, fields, some), strict=True):
                assert node is not None, f"{key} is not there"
                _claims(node.pop("relationships", None), seen)
                _told(state, key, kind, node)
                _thing(key, kind, node, state.things[key])
                things += 1
    wanted = [c for c in state.claims.values() if not c.withdrawn]
    expected = Counter(map(_row, wanted))
    found = Counter(seen.values())
    assert found == expected, (found - expected, expected - found)
    _learn(state, seen, wanted)
    return things + len(wanted)


async def _nodes(ask: Ask, kind: str, fields: str, keys: list[str]) -> list[Any]:
    types = {
        "Account": ("ImporterAccount", "BrokerAccount"),
        "Party": ("Organization", "Person", "UnspecifiedParty"),
    }.get(kind, (kind,))
    parts = " ".join(f"... on {type_} {{ {fields} }}" for type_ in types)
    document = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ {parts} }} }}"
    nodes: list[Any] = (await ask(document, ids=[gid(key) for key in keys]))["nodes"]
    return nodes


def _told(state: State, key: str, kind: str, node: dict[str, Any]) -> None:
    """What is told as another thing, as the model says it."""
    if "segment" in node:
        node["segment"] = node["segment"] and stored(node["segment"]["id"])
    if kind == "Account":
        assert node.pop("segment") == segments.of(state, key), key
    if kind == "Party":
        node["country"] = node["country"] and node["country"]["code"]
    if kind == "Strategy":
        aimed = state.things[key]["segment"]
        assert node.pop("segment") == (aimed and segments.version_of(state, aimed)), key
        told = state.things[key]["measures"]
        said = [(m["title"], m["discipline"]["code"], m["doneOn"]) for m in node.pop("measures")]
        assert said == [(title, code, iso(done)) for title, code, done in told], key


def _thing(key: str, kind: str, node: dict[str, Any], thing: dict[str, Any]) -> None:
    """One thing's own fields, those that the model keeps."""
    if kind == "IsaParticipation":
        notices = {n["dueOn"]: (n["receivedOn"], n["reviewedOn"]) for n in node["notifications"]}
        assert notices == {
            iso(due): (iso(said.get("receivedOn")), iso(said.get("reviewedOn")))
            for due, said in thing["notices"].items()
        }, key
        del node["notifications"]
    if kind == "CenterChangeRequest":
        node = {"state": node["state"], "to": node["toCenter"], "appeals": node["appeals"]}
        for name in ("to", "appeals"):
            node[name] = stored(node[name]["id"]) if node[name] else None
    if kind == "Account" and thing["centerEligibility"] is None:
        del node["centerEligibility"]  # then it follows from the Center
    for name, value in node.items():
        if name in thing:
            expected = iso(thing[name]) if isinstance(thing[name], date) else thing[name]
            assert value == expected, (key, name, value, expected)


def _claims(page: Any, seen: dict[str, Row]) -> None:
    if page is None:
        return
    assert len(page["nodes"]) == min(page["totalCount"]["value"], 100)  # the rest from afar
    for each in page["nodes"]:
        share = each["share"]
        said = {
            **{name: each[name] for name in ("role", "basis", "interest")},
            **{name: each[name] and each[name]["code"] for name in ("topic", "scope")},
            "share": _share(share) if share and share["disclosed"] else None,
        }
        days, source = (each["validFrom"], each["validTo"]), each["source"]
        seen[each["id"]] = (
            each["type"], stored(each["from"]["key"]), stored(each["to"]["key"]), *days,
            source["name"], source["reference"], *(said[name] for name in SAID),
        )  # fmt: skip


def _share(share: dict[str, Any]) -> tuple[float, float]:
    return float(share["min"]), float(share["max"])


def _row(claim: Claim) -> Row:
    share = claim.get("share")
    said = {name: claim.get(name) for name in SAID}
    said["share"] = share and (float(share[0]), float(share[1]))
    return (
        claim.type, claim.start, claim.end, iso(claim.first), iso(claim.last), *claim.source,
        *(said[name] for name in SAID),
    )  # fmt: skip


def _learn(state: State, seen: dict[str, Row], claims: list[Claim]) -> None:
    """Note by which ids the graph knows claims, where there is no doubt."""
    known: dict[Row, list[Claim]] = {}
    for claim in claims:
        known.setdefault(_row(claim), []).append(claim)
    for id_, row in seen.items():
        if len(known[row]) == 1:
            state.known[stored(id_)] = known[row][0].identity
