"""Files written without a job, a server or a queue."""

from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from graph.export.bounds import USUAL, Bounds
from graph.export.order import Order
from graph.export.writing import Made, Places, written
from graph.policy import DEVELOPMENT, Viewer
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import FileFormat, Permission
from graph.walks import Walk

KNOWN = datetime(2026, 1, 1, tzinfo=UTC)


def places(folder: Path) -> Places:
    """Where one file is put together."""
    name = token_hex(4)
    return Places(*(folder / f"{name}-{part}" for part in ("n", "r", "file", "manifest", "told")))


async def made(
    graph: Graph,
    folder: Path | Places,
    *middle: str,
    depth: int = 1,
    format_: FileFormat = FileFormat.JSON_LINES,
    walk: Walk | None = None,
    viewer: Viewer = DEVELOPMENT,
    bounds: Bounds = USUAL,
    known: datetime = KNOWN,
) -> Made:
    """An export of what a viewer sees around some things, by key."""
    seen = await reach(graph, viewer, Permission.EXPORT)
    moment = Moment(known.date(), known)
    keys = middle or ("Party:O-2",)
    order = Order(format_, keys, None, depth, walk or Walk(), moment, viewer)
    where = folder if isinstance(folder, Places) else places(folder)
    return await written(graph, seen, order, keys, where, bounds)
