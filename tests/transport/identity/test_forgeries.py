"""Tokens that are not what they say: each is refused, and none with more words than another."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from graph.roles import Role
from tests.transport.identity.provider import (
    EC,
    ED,
    ISSUER,
    RSA,
    STRANGER,
    WEAK,
    fixed,
    public,
    sign,
    signed,
)
from transport.issuers import EXPIRED, NOT_VALID, SIZE, key_of, verify
from transport.tokens import BadToken

HUGE = 10**400
PEM = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
GOOD = signed()
HEAD, BODY, SIGNATURE = GOOD.split(".")


def now() -> int:
    return int(time.time())


def made(name: str) -> str:
    """The forgery of this name."""
    found = FORGERIES[name]
    return found if isinstance(found, str) else found()


def b64(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def by_hmac(algorithm: str, secret: bytes) -> str:
    """Signed with what everybody knows, in the hope that it is taken for a secret."""
    head = b64({"alg": algorithm, "typ": "at+jwt", "kid": "rsa"})
    made = hmac.digest(secret, f"{head}.{BODY}".encode(), hashlib.sha256)
    return f"{head}.{BODY}.{b64(made)}"


def unsigned(algorithm: str, signature: str = "") -> str:
    return f"{b64({'alg': algorithm, 'typ': 'at+jwt', 'kid': 'rsa'})}.{BODY}.{signature}"


def by_stranger(**header: Any) -> str:
    return sign(STRANGER, "RS256", {"kid": "rsa", **header})


def flipped(text: str, place: int) -> str:
    return text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]


# Made when they are tried: an expired one would be refused for that.
FORGERIES: dict[str, str | Callable[[], str]] = {
    "alg none": unsigned("none"),
    "alg None": unsigned("None"),
    "alg nOnE, signed": unsigned("nOnE", SIGNATURE),
    "alg empty": unsigned(""),
    "alg missing": f"{b64({'typ': 'at+jwt', 'kid': 'rsa'})}.{BODY}.{SIGNATURE}",
    "alg a list": f"{b64({'alg': ['RS256'], 'typ': 'at+jwt', 'kid': 'rsa'})}.{BODY}.{SIGNATURE}",
    "HS256 with the public key": by_hmac("HS256", PEM),
    "HS256 with the public key, one line": by_hmac("HS256", PEM.strip()),
    "HS256 with the JWK": by_hmac("HS256", json.dumps(public("rsa", RSA)).encode()),
    "HS256 with nothing": by_hmac("HS256", b""),
    "HS512": by_hmac("HS512", PEM),
    "RS512, which is not listed": sign(RSA, "RS512", {"kid": "rsa"}),
    "RS256 by the key of ES256": sign(RSA, "RS256", {"kid": "ec"}),
    "ES256 by the key of EdDSA": sign(EC, "ES256", {"kid": "ed"}),
    "EdDSA said, RSA signed": f"{b64({'alg': 'EdDSA', 'typ': 'at+jwt', 'kid': 'ed'})}.{BODY}"
    f".{SIGNATURE}",
    "ES256 of zeros": f"{b64({'alg': 'ES256', 'typ': 'at+jwt', 'kid': 'ec'})}.{BODY}"
    f".{b64(bytes(64))}",
    "ES384 by another curve": sign(ec.generate_private_key(ec.SECP384R1()), "ES384", {"kid": "ec"}),
    "signed by a stranger": by_stranger(),
    "by a key that is too weak": sign(WEAK, "RS256", {"kid": "weak"}),
    "jku": by_stranger(jku="https://forger.example/keys"),
    "x5u": by_stranger(x5u="https://forger.example/chain"),
    "jwk in the header": by_stranger(jwk=public("rsa", STRANGER)),
    "x5c in the header": by_stranger(x5c=["MIIB"]),
    "kid a path": lambda: signed(header={"kid": "../../../dev/null"}),
    "kid a question": lambda: signed(header={"kid": "rsa' OR '1'='1"}),
    "kid empty": lambda: signed(header={"kid": ""}),
    "kid unknown": lambda: signed(header={"kid": "other"}),
    "kid too long": lambda: signed(header={"kid": "k" * 256}),
    "kid missing": f"{b64({'alg': 'RS256', 'typ': 'at+jwt'})}.{BODY}.{SIGNATURE}",
    "crit": lambda: signed(header={"crit": ["exp"]}),
    "b64 false": lambda: signed(header={"b64": True}),
    "typ JWT": lambda: signed(header={"typ": "JWT"}),
    "typ of an id token": lambda: signed(header={"typ": "id_token+jwt"}),
    "issuer of another": lambda: signed(iss="https://id.example.org"),
    "issuer nearly": lambda: signed(iss="https://id.example/"),
    "issuer a list": lambda: signed(iss=["https://id.example"]),
    "issuer missing": lambda: signed(iss=None),
    "audience of another": lambda: signed(aud="payroll"),
    "audience of others": lambda: signed(aud=["payroll", "mail"]),
    "audience missing": lambda: signed(aud=None),
    "expiry missing": lambda: signed(exp=None),
    "expiry no number": lambda: signed(exp="tomorrow"),
    "expiry beyond all time": lambda: signed(exp=HUGE),
    "life too long": lambda: signed(exp=now() + 3700),
    "issued in the future": lambda: signed(iat=now() + 120, exp=now() + 600),
    "issued missing": lambda: signed(iat=None),
    "issued no number": lambda: signed(iat=True),
    "issued after it ends": lambda: signed(iat=now() + 30, exp=now() + 20),
    "not before tomorrow": lambda: signed(nbf=now() + 86400),
    "subject missing": lambda: signed(sub=None),
    "subject empty": lambda: signed(sub=""),
    "subject a number": lambda: signed(sub=31),
    "subject with a line end": lambda: signed(sub="M-31\nadmin"),
    "subject too long": lambda: signed(sub="M" * 256),
    "jti an object": lambda: signed(jti={"a": 1}),
    "too large": lambda: signed(note="x" * SIZE),
    "signature changed": flipped(GOOD, len(GOOD) - 20),
    "claims changed": f"{HEAD}.{flipped(BODY, 30)}.{SIGNATURE}",
    "signature missing": f"{HEAD}.{BODY}.",
    "two parts": f"{HEAD}.{BODY}",
    "four parts": f"{GOOD}.{SIGNATURE}",
    "an encrypted one": f"{HEAD}.{BODY}.{SIGNATURE}.{SIGNATURE}.{SIGNATURE}",
    "header no object": f"{b64([])}.{BODY}.{SIGNATURE}",
    "header no JSON": f"{b64(b'{')}.{BODY}.{SIGNATURE}",
    "header nested without end": f"{b64(b'[' * 3000)}.{BODY}.{SIGNATURE}",
    "header no base64": f"***.{BODY}.{SIGNATURE}",
    "claims no object": f"{HEAD}.{b64([1])}.{SIGNATURE}",
    "claims no text": f"{HEAD}.{b64(bytes([255, 254]))}.{SIGNATURE}",
    "nothing": "",
    "dots": "..",
    "no ASCII": GOOD[:-4] + "é" * 4,
}


@pytest.mark.parametrize("name", FORGERIES)
async def test_a_forgery_is_refused(name: str) -> None:
    with pytest.raises(BadToken) as refused:
        await verify(made(name), ISSUER, fixed())

    assert str(refused.value) == NOT_VALID


def test_there_are_enough_of_them() -> None:
    assert len(FORGERIES) >= 45
    assert len({made(name) for name in FORGERIES}) == len(FORGERIES)


@pytest.mark.parametrize("kid", ["rsa", "pss", "ec", "ed"])
async def test_a_good_token_is_believed(kid: str) -> None:
    found = await verify(signed(kid), ISSUER, fixed())

    assert (found.person, found.sub, found.jti) == ("M-31", "M-31", "one")
    assert found.roles == {"HQ_ANALYST"}


async def test_sixty_seconds_of_another_clock_are_forgiven() -> None:
    await verify(signed(iat=now() - 600, exp=now() - 30), ISSUER, fixed())
    await verify(signed(iat=now() + 30), ISSUER, fixed())


async def test_an_expired_token_is_told_to_be() -> None:
    with pytest.raises(BadToken) as refused:
        await verify(signed(iat=now() - 600, exp=now() - 61), ISSUER, fixed())

    assert str(refused.value) == EXPIRED


async def test_an_algorithm_counts_only_if_the_issuer_uses_it() -> None:
    only = replace(ISSUER, algorithms=("ES256",))

    await verify(signed("ec"), only, fixed())
    with pytest.raises(BadToken):
        await verify(signed("rsa"), only, fixed())


async def test_roles_may_stand_deep_and_under_other_names() -> None:
    issuer = replace(ISSUER, roles="realm.roles", mapping={"hq": Role.HQ_ANALYST})
    told = {"roles": ["hq", "HQ_COORDINATOR", 7, "cook"]}

    found = await verify(signed(realm=told), issuer, fixed())

    assert found.roles == {Role.HQ_ANALYST}


@pytest.mark.parametrize("told", [None, 7, {"HQ_ANALYST": 1}, [["HQ_ANALYST"]], "DEVELOPMENT", []])
async def test_what_is_no_role_is_none(told: object) -> None:
    found = await verify(signed(roles=told), ISSUER, fixed())

    assert found.roles == frozenset()


def test_weak_and_foreign_keys_are_of_no_use() -> None:
    other = ec.generate_private_key(ec.SECP384R1())

    assert key_of(WEAK.public_key()) is None
    assert key_of(other.public_key()) is None
    assert key_of(b"a secret") is None
    assert key_of(ED.public_key(), frozenset({"RS256"})) is None
