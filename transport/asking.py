"""What an identity provider is asked: briefly, by https, and no more than a few pages of answer."""

from typing import Any
from urllib.parse import urlsplit

import httpx2
import orjson

from graph.address import on_this_machine
from graph.errors import SetupError

SECONDS = 3.0  # that the provider may take
BYTES = 256 * 1024
WAY: dict[str, Any] = {"timeout": SECONDS, "follow_redirects": False, "trust_env": False}
CONFIGURATION = "/.well-known/openid-configuration"
FAULTS = (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ValueError, SetupError)
"""What is raised where the provider is away, or says what nobody can use."""


def client() -> httpx2.AsyncClient:
    """Who asks."""
    return httpx2.AsyncClient(**WAY)


async def json(client: httpx2.AsyncClient, url: str) -> dict[str, Any]:
    """The object that is there. Raises ValueError for anything else, or HTTPError."""
    async with client.stream("GET", url, headers={"accept": "application/json"}) as answer:
        answer.raise_for_status()
        body = b""
        async for piece in answer.aiter_bytes():
            body += piece
            if len(body) > BYTES:
                raise ValueError
    told = orjson.loads(body)
    if not isinstance(told, dict):
        raise ValueError
    return told


async def configuration(client: httpx2.AsyncClient, issuer: str) -> dict[str, Any]:
    """What the provider says of itself, if it says that it is this one."""
    told = await json(client, f"{issuer.rstrip('/')}{CONFIGURATION}")
    if told.get("issuer") != issuer:
        raise ValueError
    return told


def address(told: dict[str, Any], name: str) -> str:
    """An address that a configuration names. Raises ValueError, or SetupError."""
    found = told.get(name)
    if not isinstance(found, str):
        raise ValueError
    require_secure(found)
    return found


def require_secure(address: str) -> None:
    """Raises SetupError for what could be changed on its way."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and on_this_machine(parts.hostname)):
        return
    raise SetupError("The identity provider is asked over https only: change ISSUER's address.")
