"""What goes on for as long as the server does goes on after a fault, whatever it is."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from graph import feed, registry, retention
from graph.commands import run as commands
from graph.errors import Unavailable
from graph.feed import Feed
from graph.outlived import outlived
from graph.registry import Registry
from graph.session import Graph
from graph.sessions import Limits

log = logging.getLogger(__name__)


@pytest.mark.parametrize(
    ("error", "fault"), [(Unavailable("away"), "UNAVAILABLE"), (RuntimeError("secret"), None)]
)
def test_an_error_is_logged_and_ends_only_the_block(
    error: Exception, fault: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    with outlived(log, "Not done now."):
        raise error

    [record] = caplog.records
    assert (record.getMessage(), getattr(record, "fault", None)) == ("Not done now.", fault)


def test_who_is_cancelled_is_cancelled() -> None:
    with pytest.raises(asyncio.CancelledError), outlived(log, "Not done now."):
        raise asyncio.CancelledError


def following(graph: Graph) -> Coroutine[Any, Any, None]:
    return Feed(graph)._read()


def knowing(graph: Graph) -> Coroutine[Any, Any, None]:
    return Registry(graph).run()


def pruning(graph: Graph) -> Coroutine[Any, Any, None]:
    return retention.pruning(graph, 90)


def forgetting(graph: Graph) -> Coroutine[Any, Any, None]:
    return commands.forgetting(graph, Limits())


@pytest.mark.parametrize("lasting", [following, knowing, pruning, forgetting])
async def test_it_is_tried_again(
    graph: Graph,
    monkeypatch: pytest.MonkeyPatch,
    lasting: Callable[[Graph], Coroutine[Any, Any, None]],
) -> None:
    tried = asyncio.Semaphore(0)

    async def faulty(*_: object, **__: object) -> None:
        tried.release()
        raise RuntimeError("a fault that nobody has thought of")

    for name in ("read", "write"):
        monkeypatch.setattr(graph, name, faulty)
    for module, name in ((feed, "AGAIN"), (feed, "EVERY"), (registry, "EVERY")):
        monkeypatch.setattr(module, name, 0.01)
    monkeypatch.setattr(retention, "EVERY", 0.01)
    monkeypatch.setattr(commands, "EVERY", 0.01)
    running = asyncio.create_task(lasting(graph))
    async with asyncio.timeout(30):
        for _ in range(3):
            await tried.acquire()

    assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
