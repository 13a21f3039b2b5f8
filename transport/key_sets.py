"""The public keys of an issuer: fetched beside the requests, kept while the provider is away.

A key that is not known is looked for at most once in thirty seconds, by all who ask together: no
caller can make us ask the provider more often, and keys that are known never wait for it.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import httpx2
import structlog
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from transport import asking
from transport.issuers import ALGORITHMS, Key, key_of
from transport.tokens import NotNow

EVERY = 300.0  # seconds between two fetches
AGAIN = 15.0  # after one that failed
pause = asyncio.sleep  # by a name of its own, so that a test hurries nobody else
KEPT = 24 * 3600.0  # that the last good keys are believed
UNKNOWN = 30.0  # between two fetches for keys that are not known
MOST = 100  # keys

log = structlog.get_logger("transport.keys")


class Fixed:
    """Keys that do not change."""

    def __init__(self, keys: Mapping[str, Key]) -> None:
        """Know these."""
        self._keys = keys

    async def find(self, kid: str) -> Key | None:
        """The key with this id, or None."""
        return self._keys.get(kid)

    async def run(self) -> None:
        """Nothing to do."""

    def fresh(self) -> bool:
        """Always."""
        return True


class Fetched:
    """The JWK set of an issuer."""

    def __init__(
        self, issuer: str, url: str | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Fetch from `url`, or from where the issuer's configuration says."""
        self._issuer = issuer
        self._url = url
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._good: float | None = None
        self._asked: float | None = None
        self._fetching: asyncio.Task[bool] | None = None
        for address in filter(None, (issuer, url)):
            asking.require_secure(address)

    def fresh(self) -> bool:
        """Whether there are keys that may be believed."""
        return self._good is not None and self._clock() - self._good < KEPT

    async def find(self, kid: str) -> Key | None:
        """The key with this id, or None. Raises NotNow while there are no keys at all."""
        if not (self.fresh() and kid in self._keys) and self._may_ask():
            await asyncio.shield(self._joined())
        elif self._fetching and not (self.fresh() and kid in self._keys):
            await asyncio.shield(self._fetching)
        if not self.fresh():
            raise NotNow("The keys of the identity provider are not known: try again.")
        return self._keys.get(kid)

    async def run(self) -> None:
        """Keep the keys current until cancelled."""
        while True:
            good = await asyncio.shield(self._joined())
            await pause(EVERY if good else AGAIN)

    def _may_ask(self) -> bool:
        if self._asked is not None and self._clock() - self._asked < UNKNOWN:
            return False
        self._asked = self._clock()
        return True

    def _joined(self) -> asyncio.Task[bool]:
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._fetch())
            self._fetching.add_done_callback(lambda _: setattr(self, "_fetching", None))
        return self._fetching

    async def _fetch(self) -> bool:
        """Fetch once; what is not whole changes nothing."""
        try:
            async with asyncio.timeout(asking.SECONDS), asking.client() as client:
                url = self._url or await self._discovered(client)
                found = _keys(await asking.json(client, url))
        except asking.FAULTS as error:
            log.warning("keys not fetched", fault=type(error).__name__)
            return False
        self._keys, self._good = found, self._clock()
        return True

    async def _discovered(self, client: httpx2.AsyncClient) -> str:
        return asking.address(await asking.configuration(client, self._issuer), "jwks_uri")


def _keys(told: Mapping[str, Any]) -> dict[str, Key]:
    """The usable keys of a set; a set without any is no set."""
    listed = told.get("keys")
    if not isinstance(listed, list):
        raise ValueError
    found: dict[str, Key] = {}
    for each in listed[:MOST]:
        kid = each.get("kid") if isinstance(each, dict) else None
        if isinstance(kid, str) and each.get("use", "sig") == "sig" and (key := _key(each)):
            found[kid] = key
    if not found:
        raise ValueError
    return found


def _key(each: Mapping[str, Any]) -> Key | None:
    named = each.get("alg")
    if each.get("kty") not in ("RSA", "EC", "OKP") or "d" in each:  # a private key is a mistake
        return None
    algorithms = frozenset(each for each in ALGORITHMS if named in (None, each))
    with suppress(PyJWTError, ValueError, TypeError):
        return key_of(PyJWK(dict(each), algorithm=named).key, algorithms)
    return None
