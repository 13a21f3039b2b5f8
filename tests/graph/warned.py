"""Ways to write what is to be warned of, and to read the warnings."""

from datetime import UTC, date, datetime

from graph import warnings
from graph.load.write import write
from graph.policy import DEVELOPMENT
from graph.records.moment import Moment
from graph.session import Graph
from tests import worlds

DAY = date(2026, 1, 31)
MOMENT = Moment(DAY, datetime(2026, 2, 1, tzinfo=UTC))


async def made(graph: Graph, *rows: worlds.Row) -> None:
    outcome = await write(graph, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    graph.statements = 0


async def told(graph: Graph, *ids: str, moment: Moment = MOMENT) -> list[list[str]]:
    keys = [f"Account:{id_}" for id_ in ids]
    found = await warnings.warnings(graph, DEVELOPMENT, moment, keys)
    return [[f"{each.code}: {each.message}" for each in warned] for warned in found]
