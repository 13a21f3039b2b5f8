"""An identity provider that people are sent to: authorization code and PKCE, by this server.

What it says of somebody is an ID token, verified by the keys that its other tokens are, and once
more: for this client, for this sign-in (nonce), and just made. Nothing that it gives is kept: no
access token, no refresh token.
"""

import asyncio
import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from transport import asking
from transport.begun import Begun
from transport.identity import KeySet
from transport.issuers import LEEWAY, Claims, Issuer, verify
from transport.tokens import BadToken, NotNow

KEPT = 300.0  # seconds that its configuration is
LIFE = 24 * 3600.0  # of an ID token, which is used once, and at once
YOUNG = 600.0  # seconds since it was made
CODE = 2_000  # characters
AWAY = "The identity provider does not answer now: try again."
POST = "client_secret_post"
BASIC = "client_secret_basic"


class NotLetIn(Exception):
    """The provider let nobody in, or not for this sign-in."""


@dataclass(frozen=True, slots=True)
class Client:
    """What this server is to the provider; `back` is the one address that it sends people to."""

    issuer: Issuer
    id: str
    back: str
    secret: str | None = field(default=None, repr=False)
    scope: str = "openid"


class Provider:
    """The provider of the settings."""

    def __init__(
        self, client: Client, keys: KeySet, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Believe what these keys signed."""
        self._client = client
        self._issuer = replace(client.issuer, audience=client.id, type=None, life=LIFE)
        self._keys = keys
        self._clock = clock
        self._said: dict[str, Any] = {}
        self._read = -KEPT

    async def address(self, begun: Begun) -> str:
        """Where somebody is sent to sign in. Raises NotNow."""
        said = await self._configuration()
        async with self._oauth(said) as oauth:
            url, _ = oauth.create_authorization_url(
                said["authorization_endpoint"],
                state=begun.state,
                code_verifier=begun.verifier,
                nonce=begun.nonce,
            )
        return str(url)

    async def claims(self, begun: Begun, given: Mapping[str, str]) -> Claims:
        """Who came back. Raises NotLetIn, BadToken, or NotNow."""
        said = await self._configuration()
        self._require_this_one(said, given.get("iss"))
        code = given.get("code")
        if "error" in given or not code or len(code) > CODE:
            raise NotLetIn
        text = await self._id_token(said, code, begun.verifier)
        return await verify(text, self._issuer, self._keys, lambda each: self._fits(each, begun))

    def _require_this_one(self, said: Mapping[str, Any], issuer: str | None) -> None:
        """Raises BadToken where another provider may have sent them (RFC 9207)."""
        must = said.get("authorization_response_iss_parameter_supported") is True
        if (must or issuer is not None) and issuer != self._issuer.name:
            raise BadToken("Another provider answered.")

    async def _id_token(self, said: Mapping[str, Any], code: str, verifier: str) -> str:
        try:
            async with asyncio.timeout(asking.SECONDS), self._oauth(said) as oauth:
                told = await oauth.fetch_token(
                    said["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    redirect_uri=self._client.back,
                )
        except OAuthError:  # it said no, in words that nobody is shown
            raise NotLetIn from None
        except (*asking.FAULTS, TypeError, AttributeError, KeyError):
            raise NotNow(AWAY) from None
        text = told.get("id_token") if isinstance(told, dict) else None
        if not isinstance(text, str):
            raise BadToken("There is no ID token.")
        return text

    def _fits(self, claims: Mapping[str, Any], begun: Begun) -> bool:
        """Whether an ID token is of this sign-in, for this client alone, and just made."""
        nonce, made = claims.get("nonce"), claims["iat"]
        if not isinstance(nonce, str) or not hmac.compare_digest(
            nonce.encode(), begun.nonce.encode()
        ):
            return False
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        party = claims.get("azp", None if several else self._client.id)
        young = type(made) in (int, float) and time.time() - made < YOUNG + LEEWAY
        return party == self._client.id and young

    def _oauth(self, said: Mapping[str, Any]) -> AsyncOAuth2Client:
        client, ways = self._client, said.get("token_endpoint_auth_methods_supported")
        posts = isinstance(ways, list) and POST in ways and BASIC not in ways
        return AsyncOAuth2Client(
            client_id=client.id,
            client_secret=client.secret,
            token_endpoint_auth_method=(POST if posts else BASIC) if client.secret else "none",
            redirect_uri=client.back,
            scope=client.scope,
            code_challenge_method="S256",
            **asking.WAY,
        )

    async def _configuration(self) -> dict[str, Any]:
        """What the provider says of itself, read every five minutes. Raises NotNow."""
        if self._clock() - self._read < KEPT:
            return self._said
        try:
            async with asyncio.timeout(asking.SECONDS), asking.client() as client:
                said = await asking.configuration(client, self._issuer.name)
                for name in ("authorization_endpoint", "token_endpoint"):
                    asking.address(said, name)
        except asking.FAULTS:
            raise NotNow(AWAY) from None
        self._said, self._read = said, self._clock()
        return said
