"""An identity provider on this machine: it signs, rotates, goes away, hangs and talks nonsense."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from transport.issuers import Issuer, key_of
from transport.key_sets import Fixed

AUDIENCE = "account-graph"
NAME = "https://id.example"
RSA = rsa.generate_private_key(65537, 2048)
WEAK = rsa.generate_private_key(65537, 1024)
STRANGER = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()
PRIVATE: dict[str, tuple[str, Any]] = {
    "rsa": ("RS256", RSA),
    "pss": ("PS256", RSA),
    "ec": ("ES256", EC),
    "ed": ("EdDSA", ED),
}
ISSUER = Issuer(NAME, AUDIENCE)


def fixed() -> Fixed:
    """The public keys of the provider."""
    found = {kid: key_of(key.public_key()) for kid, (_, key) in PRIVATE.items()}
    return Fixed({kid: key for kid, key in found.items() if key})


def claims(**changes: Any) -> dict[str, Any]:
    """What a good token says, with changes; None leaves a claim out."""
    now = int(time.time())
    good = {
        "iss": NAME,
        "aud": AUDIENCE,
        "sub": "M-31",
        "iat": now,
        "exp": now + 600,
        "jti": "one",
        "roles": ["HQ_ANALYST"],
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def signed(kid: str = "rsa", header: dict[str, Any] | None = None, **changes: Any) -> str:
    """A token of the provider; `changes` are of its claims."""
    algorithm, key = PRIVATE[kid]
    return sign(key, algorithm, {"kid": kid, **(header or {})}, **changes)


def sign(key: Any, algorithm: str, header: dict[str, Any], **changes: Any) -> str:
    """A token by any key, also one that the library would not sign with."""
    head = {"alg": algorithm, "typ": "at+jwt", **header}
    signed = b".".join(encoded(json.dumps(each).encode()) for each in (head, claims(**changes)))
    made = jwt.get_algorithm_by_name(algorithm).sign(signed, key)
    return (signed + b"." + encoded(made)).decode()


def encoded(raw: bytes) -> bytes:
    """As a part of a token."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def public(kid: str, key: Any) -> dict[str, Any]:
    """A public key as a JWK."""
    told: dict[type, Any] = {
        rsa.RSAPrivateKey: RSAAlgorithm,
        ec.EllipticCurvePrivateKey: ECAlgorithm,
        ed25519.Ed25519PrivateKey: OKPAlgorithm,
    }
    kind = next(way for base, way in told.items() if isinstance(key, base))
    return {**json.loads(kind.to_jwk(key.public_key())), "kid": kid, "use": "sig"}


class Provider:
    """Serves its configuration and its keys; `asked` counts how often the keys were."""

    def __init__(self) -> None:
        """Serve the RSA key."""
        self.keys = [public("rsa", RSA)]
        self.asked = 0
        self.hangs = False
        self.status = "200 OK"
        self.body: bytes | None = None
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        try:
            path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
            await writer_of(self, path, writer)
        finally:
            writer.close()


async def writer_of(provider: Provider, path: str, writer: asyncio.StreamWriter) -> None:
    """Write what the provider says to this path."""
    if path == "/keys":
        provider.asked += 1
    if provider.hangs:
        await asyncio.sleep(60)
    told: dict[str, Any] = {"issuer": provider.url, "jwks_uri": f"{provider.url}/keys"}
    if path == "/keys":
        told = {"keys": provider.keys}
    body = provider.body if provider.body is not None else json.dumps(told).encode()
    head = f"HTTP/1.1 {provider.status}\r\ncontent-length: {len(body)}\r\n"
    writer.write(head.encode() + b"connection: close\r\n\r\n" + body)
    await writer.drain()


AnyProvider = TypeVar("AnyProvider", bound=Provider)


@asynccontextmanager
async def serving() -> AsyncIterator[Provider]:
    """A provider that answers as long as the block."""
    async with answering(Provider()) as provider:
        yield provider


@asynccontextmanager
async def answering(provider: AnyProvider) -> AsyncIterator[AnyProvider]:
    """The provider, at an address of its own."""
    server = await asyncio.start_server(provider.answer, "127.0.0.1", 0)
    provider.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield provider
    finally:
        server.close()
