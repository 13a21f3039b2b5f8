"""What a person may not see, told from a dump of the graph, taken out of it and put back."""

from collections import defaultdict
from datetime import UTC, date
from typing import Any

import neo4j.time
from neo4j import Query

from graph.session import Graph
from tests.reach.stored import NOTHING, Claim, Cut, Node, Props, Veiled

HANGING = {  # what hangs on accounts, and by which relationships with what
    "ImporterNumber", "FilerCode", "IsaParticipation", "RiskFlag", "Issue", "Strategy",
    "SharedAttribute",
}  # fmt: skip
INTERNAL = {"Party", "AccountManager", "Specialist", "Center", "Discipline", "RiskPolicy"}
DUMP_NODES = Query(
    "MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock"
    " RETURN elementId(n) AS id, labels(n) AS labels, n {.*} AS said"
)
DUMP_CLAIMS = Query(
    "MATCH (a)-[r]->(b)"
    " RETURN elementId(a) AS start, type(r) AS type, elementId(b) AS end, r {.*} AS said"
)
TAKE = "MATCH (n) WHERE elementId(n) IN $ids DETACH DELETE n"
PART = "MATCH ()-[r]->() WHERE r.id IN $ids DELETE r"
PUT = "UNWIND $nodes AS node CREATE (n:$(node.labels)) SET n = node.said RETURN elementId(n) AS id"
JOIN = (
    "UNWIND $claims AS claim MATCH (a) WHERE elementId(a) = claim.start"
    " MATCH (b) WHERE elementId(b) = claim.end CREATE (a)-[r:$(claim.type)]->(b) SET r = claim.said"
)


class Dump:
    """All of a small graph."""

    def __init__(self, nodes: list[Node], claims: list[Claim]) -> None:
        """Know it by key and by end."""
        self.nodes = nodes
        self.claims = claims
        self.of = {node.id: node for node in nodes}

    @classmethod
    async def read(cls, graph: Graph) -> "Dump":
        """The graph as it is."""
        nodes, claims = await graph.read(DUMP_NODES), await graph.read(DUMP_CLAIMS)
        for row in (*nodes, *claims):
            row["said"] = {name: _offset(value) for name, value in row["said"].items()}
        return cls([Node(**row) for row in nodes], [Claim(**row) for row in claims])

    def joined(self, *types: str, now: bool = False) -> list[tuple[str, str]]:
        """The keys at both ends of these relationships; of today's only, if asked."""
        return [
            (self.of[each.start].key, self.of[each.end].key)
            for each in self.claims
            if each.type in types and (not now or holds(each))
        ]

    def hidden(self, accounts: set[str] | None, veiled: Veiled = NOTHING) -> "Cut":
        """What is not to be seen by who reaches these accounts, and may not read all about them.

        Who reaches all (None) sees also what hangs on none.
        """
        if accounts is None:
            hidden = [node for node in self.nodes if veiled.hides(node)]
            return Cut(hidden, [each for each in self.claims if each.type in veiled.types])
        seen = self.hanging(accounts)
        nodes = [
            node
            for node in self.nodes
            if veiled.hides(node) or not self._visible(node, accounts, seen)
        ]
        return Cut(nodes, [each for each in self.claims if each.type in veiled.types])

    def hanging(self, accounts: set[str]) -> set[str]:
        """The keys of what hangs on these accounts, now or once."""
        ids = {start for start, end in self.joined("IDENTIFIES") if end in accounts}
        on = accounts | ids
        seen = ids | {end for start, end in self.joined("PARTICIPATES_IN") if start in accounts}
        seen |= {start for start, end in self.joined("CONCERNS", "FLAGS") if end in on}
        seen |= {start for start, end in self.joined("FLAGS") if end.startswith("Party:")}
        holders = {start for start, end in self.joined("HOLDS") if end in ids}
        return seen | {end for start, end in self.joined("SHARES") if start in ids | holders}

    def _visible(self, node: Node, accounts: set[str], seen: set[str]) -> bool:
        kind, said = node.labels, node.said
        if "Account" in kind:
            return node.key in accounts
        if HANGING & set(kind):
            return node.key in seen
        if "AnnualNotification" in kind:
            return f"IsaParticipation:{said['participation']}" in seen
        if "CenterChangeRequest" in kind:
            return f"Account:{said['account']}" in accounts
        if "PerformancePeriod" in kind:
            return any(
                self.of[each.start] is node and self.of[each.end].key in accounts
                for each in self.claims
            )
        if "Change" in kind:
            return self._told(said, accounts, seen)
        return True

    def _told(self, said: Props, accounts: set[str], seen: set[str]) -> bool:
        if said.get("account"):
            return said["account"] in accounts
        subject = str(said.get("subject"))
        open_ = subject.partition(":")[0] in INTERNAL or subject in seen
        return open_ and said.get("relationshipType") not in ("HOLDS", "SHARES")


def _offset(value: Any) -> Any:
    """An instant with an offset, as it is stored: the driver makes a named zone of it."""
    if isinstance(value, neo4j.time.DateTime):
        return value.to_native().astimezone(UTC)
    return value


def holds(claim: Claim) -> bool:
    """Whether it holds today, as far as is known."""
    today = neo4j.time.Date.from_native(date.today())
    said = claim.said
    return bool(
        said["validFrom"] <= today < said["validTo"] and said["recordedTo"].year == date.max.year
    )


def of_manager(dump: Dump, id_: str) -> set[str]:
    """The accounts in reach of an account manager: their own, and their Center's."""
    key = f"AccountManager:{id_}"
    own = {start for start, end in dump.joined("MANAGED_BY", now=True) if end == key}
    return own | of_center(dump, key)


def of_specialist(dump: Dump, id_: str) -> set[str]:
    """Those served, and those of the Center with an open issue of the discipline."""
    key = f"Specialist:{id_}"
    served = {end for start, end in dump.joined("SERVES", now=True) if start == key}
    practised = {end for start, end in dump.joined("PRACTISES", now=True) if start == key}
    handled = {start for start, end in dump.joined("HANDLED_BY", now=True) if end in practised}
    open_ = {
        node.key for node in dump.nodes if "Issue" in node.labels and not node.said.get("closedOn")
    }
    concerned = {
        end for start, end in dump.joined("CONCERNS", now=True) if start in handled & open_
    }
    return served | (concerned & of_center(dump, key))


def of_centers(dump: Dump, *keys: str) -> set[str]:
    """Those of these Centers."""
    return {start for start, end in dump.joined("ASSIGNED_TO", now=True) if end in keys}


def of_center(dump: Dump, key: str) -> set[str]:
    """The accounts of the Centers of this member of staff."""
    centers = {end for start, end in dump.joined("MEMBER_OF", now=True) if start == key}
    return of_centers(dump, *centers)


async def without(graph: Graph, cut: Cut) -> None:
    """Take this out of the graph."""
    ids = [each.said["id"] for each in cut.claims]

    async def work(tx: Any) -> None:
        await graph.run(tx, Query(PART), ids=ids)
        await graph.run(tx, Query(TAKE), ids=[node.id for node in cut.nodes])

    await graph.write(work, name="test/take")


async def restore(graph: Graph, dump: Dump, cut: Cut) -> None:
    """Put it back."""
    gone = {node.id for node in cut.nodes}
    parted = {id(claim) for claim in cut.claims}
    lost = [c for c in dump.claims if c.start in gone or c.end in gone or id(c) in parted]

    async def work(tx: Any) -> dict[str, str]:
        nodes = [{"labels": node.labels, "said": node.said} for node in cut.nodes]
        made = [row["id"] for row in await graph.run(tx, Query(PUT), nodes=nodes)]
        new = {node.id: id_ for node, id_ in zip(cut.nodes, made, strict=True)}
        claims = [
            {
                "start": new.get(each.start, each.start),
                "type": each.type,
                "end": new.get(each.end, each.end),
                "said": each.said,
            }
            for each in lost
        ]
        await graph.run(tx, Query(JOIN), claims=claims)
        return new

    new = await graph.write(work, name="test/put")
    for node in cut.nodes:
        node.id = new[node.id]
    for claim in dump.claims:
        claim.start, claim.end = new.get(claim.start, claim.start), new.get(claim.end, claim.end)
    dump.of = {node.id: node for node in dump.nodes}


def by_kind(nodes: list[Node]) -> dict[str, list[str]]:
    """Keys by the kind that begins them."""
    found = defaultdict(list)
    for node in nodes:
        if ":" in node.key:
            found[node.key.partition(":")[0]].append(node.key)
    return found
