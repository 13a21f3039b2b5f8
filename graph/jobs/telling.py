"""A job on its way tells how far it has come, on its node and to who follows it."""

from collections.abc import Callable
from typing import Any

from graph.errors import GraphError
from graph.queries import query
from graph.session import Graph, Row

MOST_TRIES = 10
Tell = Callable[[Row], None]


class Lost(GraphError):
    """The job was stopped, or another run has it: nothing more may be written."""


class Telling:
    """What a run of a job says."""

    def __init__(self, graph: Graph, key: str, run: str, tell: Tell) -> None:
        """`tell` is given the job's node after each step."""
        self._graph = graph
        self._given = {"key": key, "run": run}
        self._tell = tell

    async def say(self, said: dict[str, Any]) -> None:
        """Write it on the node. Raises Lost where the run has the job no more."""
        given = {**self._given, "properties": said}
        rows = await self._graph.write(
            lambda tx: self._graph.run(tx, query("job/progress"), **given), name="job/progress"
        )
        if not rows:
            raise Lost("The job was stopped.")
        self._tell(rows[0]["job"])
