"""Who asks, of a real registry."""

import pytest

from graph.registry import Registry
from graph.session import Graph
from tests.transport.identity.provider import ISSUER, fixed
from transport.identity import Identity


@pytest.fixture
def callers(graph: Graph) -> Identity:
    return Identity(ISSUER, fixed(), Registry(graph))
