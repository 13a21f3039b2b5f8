"""A server of the toy schema for all tests here, and clients that speak to it."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from tests.transport.serving import Running, running


@pytest.fixture(scope="session")
async def toy_server() -> AsyncIterator[Running]:
    """A running server; tests that stop one start their own."""
    async with running() as one:
        yield one


@pytest.fixture
async def client(toy_server: Running) -> AsyncIterator[httpx2.AsyncClient]:
    """A client without a token."""
    async with httpx2.AsyncClient(base_url=toy_server.url) as one:
        yield one
