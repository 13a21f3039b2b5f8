"""A provider that people sign in at: codes for tokens, and all the wrong that a test wants."""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.transport.identity.provider import Provider, answering, signed, writer_of
from transport.issuers import Issuer
from transport.key_sets import Fetched
from transport.provider import Client
from transport.provider import Provider as Theirs

ID = "account-graph-pages"
SECRET = "not a secret: of the tests"


class Authorizing(Provider):
    """Whoever comes is let in as `person`."""

    def __init__(self) -> None:
        """Do all of it rightly."""
        super().__init__()
        self.person: dict[str, Any] = {"sub": "M-31", "name": "Ada Mar"}
        self.wrong: dict[str, Any] = {}  # claims of ID tokens
        self.answers: dict[str, Any] | None = None  # of the token endpoint
        self.more: dict[str, Any] = {}  # of its configuration
        self.again = False  # whether a code is good twice
        self.tokens = 0  # how often it was asked for one
        self.lost = ""  # a path that is not answered
        self.codes: dict[str, dict[str, str]] = {}

    def authorize(self, url: str, **changes: str | None) -> str:
        """Where a browser is sent that came to this address."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert urlsplit(url).path == "/authorize"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        said = {"code": code, "state": asked["state"], "iss": self.url, **changes}
        told = {name: value for name, value in said.items() if value is not None}
        return f"{asked['redirect_uri']}?{urlencode(told)}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            method, path, _ = head.split(" ", 2)
            if self.lost and path.startswith(self.lost):
                await asyncio.sleep(60)
            if method == "POST":
                size = int(head.lower().partition("content-length: ")[2].partition("\r\n")[0])
                self.say(writer, *self.exchange(head, (await reader.readexactly(size)).decode()))
            elif path.startswith("/authorize"):
                location = self.authorize(path)
                writer.write(f"HTTP/1.1 302 Found\r\nlocation: {location}\r\n".encode())
                writer.write(b"content-length: 0\r\nconnection: close\r\n\r\n")
            elif path == "/keys" or self.hangs or self.body is not None:
                await writer_of(self, path, writer)
            else:
                self.say(writer, self.status, self.configuration())
            await writer.drain()
        finally:
            writer.close()

    def configuration(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/keys",
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "authorization_response_iss_parameter_supported": True,
            **self.more,
        }

    def exchange(self, head: str, body: str) -> tuple[str, dict[str, Any]]:
        """Status and body for who brings a code."""
        self.tokens += 1
        given = {name: values[0] for name, values in parse_qs(body).items()}
        code = given.get("code", "")
        asked = self.codes.get(code) if self.again else self.codes.pop(code, None)
        basic = base64.b64encode(f"{ID}:{SECRET}".encode()).decode()
        known = f"Basic {basic}" in head or given.get("client_secret") == SECRET
        if self.answers is not None:
            return self.status, self.answers
        if asked is None or not known or not fits(given, asked):
            return "400 Bad Request", {"error": "invalid_grant", "error_description": "<b>no</b>"}
        said = {"iss": self.url, "aud": ID, "nonce": asked["nonce"], **self.person, **self.wrong}
        token = signed(header={"typ": "JWT"}, **said)
        return "200 OK", {"access_token": "opaque", "token_type": "Bearer", "id_token": token}

    @staticmethod
    def say(writer: asyncio.StreamWriter, status: str, told: dict[str, Any]) -> None:
        """Write an answer."""
        body = json.dumps(told).encode()
        head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\n"
        head += f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        writer.write(head.encode() + body)


def fits(given: dict[str, str], asked: dict[str, str]) -> bool:
    """Whether who brings a code is who asked for it (PKCE), with the same address."""
    digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    same = given.get("redirect_uri") == asked["redirect_uri"]
    return (
        same and asked["code_challenge_method"] == "S256" and asked["code_challenge"] == challenge
    )


def theirs(provider: Authorizing, back: str, **changes: Any) -> tuple[Theirs, Issuer, Fetched]:
    """What a server knows of this provider."""
    issuer, keys = Issuer(provider.url, "account-graph"), Fetched(provider.url)
    client = Client(issuer, ID, back, **{"secret": SECRET, **changes})
    return Theirs(client, keys), issuer, keys


@asynccontextmanager
async def authorizing() -> AsyncIterator[Authorizing]:
    """A provider that answers as long as the block."""
    async with answering(Authorizing()) as provider:
        yield provider
