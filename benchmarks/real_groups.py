"""Real files as groups of owners: asked over HTTP, and made out of the files beside that.

A group is a party and everything below it by ownership, whatever the shares; groups overlap where
one party stands below another.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx2
import networkx as nx

from graph import ids
from graph.load.bare import Bare
from graph.load.formats.names import by_name

DATA = Path(__file__).parent / "data"
EPA, WIKIDATA = DATA / "epa_ghgrp_2023_facility_parent.csv", DATA / "wikidata_owner_edges.csv"
DAY = re.compile(r"(\d{4}-\d\d-\d\d)?")
GROUPS = 10
TOGETHER = 20  # starts of one walk, and fields of one request
OWNERS = """query ($after: String) { parties(first: 100, after: $after) {
  edges { node { ... on Party { id name degrees { type direction count { value } } } } }
  pageInfo { hasNextPage endCursor } } }"""
BELOW = """query ($from: [ID!]!, $after: String) {
  reachable(from: $from, after: $after, first: 100, maxDepth: 10,
            walk: {relationshipTypes: [OWNS], direction: OUT}) {
    totalCount { value relation } completeness { state }
    edges { distance node { id label } } pageInfo { hasNextPage endCursor } } }"""
RING = (
    "n{}: node(id: $n{}) {{ ... on Organization {{ ownershipCycles(limit: 1) {{ connected }} }} }}"
)


class Client:
    """One caller, who notes how long each answer takes."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        """Ask there."""
        self._client = httpx2.Client(headers=headers, timeout=60)
        self._url = url
        self.took = 0.0  # milliseconds, of the last answer

    def ask(self, document: str, **variables: object) -> Any:
        """The data of an answer, which has no errors."""
        started = perf_counter()
        sent = {"query": document, "variables": variables}
        answer = self._client.post(self._url, json=sent).json()
        self.took = (perf_counter() - started) * 1000
        assert not answer.get("errors"), answer["errors"]
        return answer["data"]

    def all(self, document: str, field: str, **variables: object) -> Iterator[Any]:
        """A connection, page by page."""
        after = None
        while True:
            page = self.ask(document, after=after, **variables)[field]
            yield page
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]


@dataclass(frozen=True)
class Group:
    """A party, and what stands below it: ids by distance."""

    id: str
    name: str
    below: dict[str, int]
    deepest: str  # the id of one that is furthest away
    ringed: frozenset[str]  # those in rings, the party itself among them if it is

    @property
    def depth(self) -> int:
        """Levels below the party."""
        return self.below[self.deepest]


def largest(client: Client) -> tuple[list[Group], int]:
    """The largest groups, largest first; and how many parties own anything.

    Owners are asked for together where they cannot be among the largest even together.
    """
    owners = sorted(_owners(client), reverse=True)
    found: list[tuple[int, str, str]] = []
    waiting = [owners[at : at + TOGETHER] for at in range(0, len(owners), TOGETHER)][::-1]
    while waiting:
        some = waiting.pop()
        below = client.ask(BELOW, **{"from": [id_ for _, id_, _ in some]})["reachable"]
        assert below["completeness"]["state"] == "COMPLETE", some
        assert below["totalCount"]["relation"] == "EXACT"
        number = below["totalCount"]["value"] + len(some) - 1  # some may stand below others
        if len(some) == 1:
            found = sorted([*found, (number, some[0][2], some[0][1])], reverse=True)[:GROUPS]
        elif len(found) < GROUPS or number >= found[-1][0]:
            half = len(some) // 2
            waiting += [some[half:], some[:half]]
    return [_group(client, id_, name) for _, name, id_ in found], len(owners)


def _owners(client: Client) -> Iterator[tuple[int, str, str]]:
    for page in client.all(OWNERS, "parties"):
        for node in (edge["node"] for edge in page["edges"]):
            for degree in node["degrees"]:
                if (degree["type"], degree["direction"]) == ("OWNS", "OUT"):
                    yield degree["count"]["value"], node["id"], node["name"]


def _group(client: Client, id_: str, name: str) -> Group:
    below = {
        edge["node"]["id"]: edge["distance"]
        for page in client.all(BELOW, "reachable", **{"from": [id_]})
        for edge in page["edges"]
    }
    return Group(id_, name, below, [*below][-1], frozenset(_ringed(client, [id_, *below])))


def _ringed(client: Client, among: Sequence[str]) -> Iterator[str]:
    """Those of these parties that are told to be part of a ring."""
    for first in range(0, len(among), TOGETHER):
        some = among[first : first + TOGETHER]
        names = ", ".join(f"$n{at}: ID!" for at in range(len(some)))
        fields = " ".join(RING.format(at, at) for at in range(len(some)))
        given = {f"n{at}": id_ for at, id_ in enumerate(some)}
        found = client.ask(f"query ({names}) {{ {fields} }}", **given)
        for at, id_ in enumerate(some):
            told = found[f"n{at}"]["ownershipCycles"]["connected"]
            assert told in ("YES", "NO"), id_
            if told == "YES":
                yield id_


def owned(files: Sequence[Path] = (EPA, WIKIDATA)) -> "nx.DiGraph[str]":
    """Who owns whom by the files, as networkx, by global ids."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for file, pairs in zip(files, (_epa, _wikidata), strict=True):
        with file.open(encoding="utf-8", newline="") as text:
            rows = pairs(csv.DictReader(text))
            graph.add_edges_from((ids.encode(start), ids.encode(end)) for start, end in rows)
    return graph


def _epa(rows: "csv.DictReader[str]") -> Iterator[tuple[str, str]]:
    for row in rows:
        owner = by_name(Bare, "epa-ghgrp", row["parent_name"], 0)
        yield owner.key, f"Party:epa-ghgrp-{row['facility_id']}"


def _wikidata(rows: "csv.DictReader[str]") -> Iterator[tuple[str, str]]:
    for row in rows:
        if DAY.fullmatch(row["date"]):
            ends = (by_name(Bare, "wikidata", row[name], 0) for name in ("acquirer", "company"))
            start, end = ends
            yield start.key, end.key


def rings(group: Group, files: "nx.DiGraph[str]") -> list[set[str]]:
    """The rings of a group by the files; who owns itself is one alone."""
    inside = files.subgraph({group.id, *group.below})
    return [
        part
        for part in nx.strongly_connected_components(inside)
        if len(part) > 1 or any(inside.has_edge(one, one) for one in part)
    ]


def agrees(group: Group, files: "nx.DiGraph[str]") -> None:
    """The group is that of the files: who is in it, how far, and who is in rings."""
    far = nx.single_source_shortest_path_length(files, group.id)
    assert dict(far) == {group.id: 0, **group.below}, group.name
    assert group.ringed == {one for ring in rings(group, files) for one in ring}, group.name


def ten_by_files(files: "nx.DiGraph[str]") -> list[int]:
    """How many parties stand below the heads of the largest groups, as networkx counts."""
    owners = [one for one, number in files.out_degree() if number]
    return sorted((len(nx.descendants(files, one)) for one in owners), reverse=True)[:GROUPS]
