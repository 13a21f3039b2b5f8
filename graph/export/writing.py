"""One export from the graph to a file."""

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from graph import records
from graph.export import columns, manifest
from graph.export.bods import Bods
from graph.export.bounds import Bounds
from graph.export.forms import BLOCK, Form
from graph.export.lines import JsonLines, NodeLink
from graph.export.order import Order
from graph.export.reading import parts
from graph.export.told import Told
from graph.export.walking import SMALLER, Farther, spread_around
from graph.export.xml import Gexf, GraphMl
from graph.export.zips import Csv, Parquet
from graph.private_files import private, synced
from graph.reach import Reached
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import FileFormat

FORMS: dict[FileFormat, type[Form]] = {
    FileFormat.CSV: Csv,
    FileFormat.JSON_LINES: JsonLines,
    FileFormat.NODE_LINK_JSON: NodeLink,
    FileFormat.GRAPHML: GraphMl,
    FileFormat.GEXF: Gexf,
    FileFormat.PARQUET: Parquet,
    FileFormat.BODS: Bods,
}
Progress = Callable[[int, int], Awaitable[None]]
"""Told how many things are done, of how many."""


async def silent(_done: int, _total: int) -> None:
    """Nobody follows."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a file is put together: two drafts, the file, its manifest, what it tells."""

    things: Path
    claims: Path
    file: Path
    manifest: Path
    told: Path


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is whole."""

    completeness: records.Completeness
    told: Told
    sha256: str
    bytes: int


async def written(
    graph: Graph,
    seen: Reached,
    order: Order,
    middle: Sequence[str],
    places: Places,
    bounds: Bounds,
    progress: Progress = silent,
) -> Made:
    """Write what this reach sees around the middle. Raises BadInput if some of it is not there."""
    clocks = order.moment
    at = Moment.given(clocks.as_of, clocks.known_at, clocks)  # named: nothing later is read
    rounds = Farther(graph, at, order.walk, seen)
    distance = await spread_around(rounds, middle, order.depth, bounds)
    things, claims = private(places.things), private(places.claims)
    with things, claims:
        form = FORMS[order.format](things, claims, at.as_of)
        filling = Filling(form, distance, bounds)
        async for part in parts(rounds, distance):
            filling.take(part.things, part.claims)
            await progress(filling.counts["nodes"], len(distance))
            if filling.full:
                many = f"There are more than {bounds.relationships} relationships"
                rounds.stop_short(f"{many}; the first ones are written.", SMALLER)
                break
        return _whole(form, order, rounds.completeness, filling, places)


class Filling:
    """A form that takes parts, and what it was given."""

    def __init__(self, form: Form, distance: dict[str, int], bounds: Bounds) -> None:
        """Begin with nothing."""
        self._form, self._distance, self._bounds = form, distance, bounds
        self.counts: Counter[str] = Counter(nodes=0, relationships=0)
        self.keys: set[str] = set()
        self.types: set[str] = set()
        self.full = False

    def take(
        self, things: Collection[records.Entity], claims: Collection[records.Relationship]
    ) -> None:
        """Write a part, as far as there is room."""
        for thing in things:
            self._form.thing(columns.thing(thing, self._distance[thing.stored_key]))
            self.keys.add(thing.stored_key)
        self.counts["nodes"] += len(things)
        for claim in claims:
            if self.counts["relationships"] == self._bounds.relationships:
                self.full = True
                return
            self._form.claim(columns.claim(claim))
            self.types.add(claim.type.value)
            self.counts["relationships"] += 1


def _whole(
    form: Form, order: Order, completeness: records.Completeness, filling: Filling, places: Places
) -> Made:
    counts: dict[str, Any] = dict(filling.counts)
    if isinstance(form, Bods):
        counts["withoutPlace"] = form.left_out
    about = manifest.about(order, completeness, counts)
    file = private(places.file)
    file.truncate()
    form.whole(file, about)
    size, digest = _digest(file)
    synced(file)
    told = Told.of(filling.keys, filling.types)
    told.keep(places.told)
    named = {"name": form.name, "mediaType": form.media, "bytes": size, "sha256": digest}
    if inside := getattr(form, "parts", ()):
        named["parts"] = list(inside)
    text = orjson.dumps(manifest.whole(about, named), option=orjson.OPT_INDENT_2) + b"\n"
    kept = private(places.manifest)
    kept.truncate()
    kept.write(text)
    synced(kept)
    return Made(completeness, told, digest, size)


def _digest(file: BinaryIO) -> tuple[int, str]:
    file.flush()
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while block := file.read(BLOCK):
        digest.update(block)
        size += len(block)
    return size, digest.hexdigest()
