"""A server in front of the two databases, one after the other."""

import gc
import warnings
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from graph import former
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import Graph
from tests.alike.people import VIEWERS
from tests.alike.serving import Served, served
from tests.plans import sent


@pytest.fixture
async def asked(
    graph: Graph,
    seal: Seal,
    key: IdentifierKey,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Served]:
    """The server; a slow answer does not look back."""
    monkeypatch.setattr(former, "LATELY", timedelta(hours=1))
    viewers = {**VIEWERS, "else": DEVELOPMENT}
    noted = sent(graph, monkeypatch)
    gc.disable()  # what a refusal leaves unread is dropped below, and in `Served.ask`
    async with served(graph, (seal, key), tmp_path, viewers, noted) as one:
        yield one
    with warnings.catch_warnings(action="ignore"):
        gc.collect()
    gc.enable()
