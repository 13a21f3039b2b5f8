"""A sign-in that was begun: sealed in a cookie of the browser that began it, and good for one end.

The cookie is `Lax`, not `Strict`: the browser comes back from another site. It opens nothing.
"""

import hmac
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

COOKIE = "__Host-signin"
LIFE = 600  # seconds
LONGEST = 2_000  # characters
NONCE = 12  # bytes
MOST = 10_000  # that ended, remembered


@dataclass(frozen=True, slots=True)
class Begun:
    """What was sent to the provider, or is known here alone."""

    to: str
    until: float
    state: str = field(default_factory=secrets.token_urlsafe, repr=False)
    nonce: str = field(default_factory=secrets.token_urlsafe, repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)


class Sealed:
    """Puts what was begun in a cookie, and takes it out once."""

    def __init__(self, key: bytes, now: Callable[[], float] = time.time) -> None:
        """Encrypt by this key, which servers of one graph share."""
        self._cipher = AESGCM(key)
        self._now = now
        self._ended: dict[str, float] = {}

    def begin(self, to: str) -> tuple[Begun, str]:
        """A sign-in that leads to this page, and the value of its cookie."""
        begun = Begun(to, self._now() + LIFE)
        nonce = secrets.token_bytes(NONCE)
        text = json.dumps(asdict(begun)).encode()
        sealed = nonce + self._cipher.encrypt(nonce, text, COOKIE.encode())
        return begun, urlsafe_b64encode(sealed).decode()

    def end(self, cookie: str | None, state: str | None) -> Begun | None:
        """What was begun with this state by this browser, if it is not over or ended before."""
        begun = self._opened(cookie or "")
        if begun is None or state is None or self._now() >= begun.until:
            return None
        if not hmac.compare_digest(state.encode(), begun.state.encode()):
            return None
        if begun.state in self._ended:
            return None
        self._remember(begun)
        return begun

    def _remember(self, begun: Begun) -> None:
        """That it ended, until it would be over; of too many the first is forgotten."""
        now = self._now()
        ended = {state: until for state, until in self._ended.items() if until > now}
        if len(ended) >= MOST:
            del ended[next(iter(ended))]
        self._ended = {**ended, begun.state: begun.until}

    def _opened(self, cookie: str) -> Begun | None:
        try:
            sealed = urlsafe_b64decode(cookie if len(cookie) <= LONGEST else "")
            text = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], COOKIE.encode())
        except (ValueError, InvalidTag):
            return None
        return Begun(**json.loads(text))
