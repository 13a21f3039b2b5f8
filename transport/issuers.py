"""Tokens of an issuer: JWTs, believed only in the one form that is expected.

pyjwt checks signature, issuer, audience and times. Type, lifetime, size, the strength of the key
and that it is one for this algorithm are checked here.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol, TypeGuard

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from jwt.exceptions import ExpiredSignatureError, PyJWTError

from graph.roles import Role
from graph.secrecy import tells_ssn
from transport.tokens import BadToken

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")  # never a symmetric one
SIZE = 8 * 1024
LEEWAY = 60.0  # seconds
LIFE = 3600.0
NAMES = 255  # characters of a subject
RSA_BITS = 2048
NOT_VALID = "The token is not valid."
EXPIRED = "The token has expired."
NUMBERED = (
    "The token names its bearer by what could be a social security number, which is never stored in"
    " clear: your provider must name them otherwise."
)

PublicKey = (
    rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | (ed448.Ed448PublicKey)
)


class Keys(Protocol):
    """The public keys of an issuer."""

    async def find(self, kid: str) -> "Key | None":
        """The key with this id, or None. Raises NotNow if that cannot be told."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the algorithms it may be used with."""

    public: PublicKey
    algorithms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues tokens, to whom, in which form; `type` None is any."""

    name: str
    audience: str
    algorithms: tuple[str, ...] = ALGORITHMS
    type: str | None = "at+jwt"
    person: str = "sub"  # the claim that is the id of a person in the graph
    roles: str = "roles"  # the claim that holds roles; dots lead into objects
    life: float = LIFE  # seconds
    mapping: Mapping[str, Role] = field(
        default_factory=lambda: MappingProxyType(
            {role.value: role for role in Role if role is not Role.DEVELOPMENT}
        )
    )


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token that was believed says."""

    person: str
    sub: str
    jti: str | None
    expires: float
    roles: frozenset[Role]
    name: str


async def verify(
    text: str, issuer: Issuer, keys: Keys, fits: Callable[[Mapping[str, Any]], bool] = bool
) -> Claims:
    """What a token says. Raises BadToken, and NotNow if its key cannot be looked for.

    `fits` looks at what else it says, once it is known who says so.
    """
    if len(text) > SIZE or not text.isascii() or text.count(".") != 2:
        raise BadToken(NOT_VALID)
    try:
        header = jwt.get_unverified_header(text)
    except (PyJWTError, ValueError, TypeError, RecursionError):
        raise BadToken(NOT_VALID) from None
    algorithm = _algorithm(header, issuer)
    key = await keys.find(header["kid"])
    if key is None or algorithm not in key.algorithms:
        raise BadToken(NOT_VALID)
    found = _decoded(text, key, algorithm, issuer)
    if not fits(found):
        raise BadToken(NOT_VALID)
    return _claims(found, issuer)


def _algorithm(header: Mapping[str, Any], issuer: Issuer) -> str:
    """The algorithm a header names, if all of the header is as expected."""
    algorithm, kid, kind = header.get("alg"), header.get("kid"), header.get("typ")
    named = isinstance(kid, str) and 0 < len(kid) <= NAMES
    typed = isinstance(kind, str) and kind.lower().removeprefix("application/") == issuer.type
    if not (named and (typed or issuer.type is None)) or "crit" in header or "b64" in header:
        raise BadToken(NOT_VALID)
    if not isinstance(algorithm, str) or algorithm not in issuer.algorithms:
        raise BadToken(NOT_VALID)
    return algorithm


def _decoded(text: str, key: Key, algorithm: str, issuer: Issuer) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            text,
            key.public,
            algorithms=[algorithm],
            audience=issuer.audience,
            issuer=issuer.name,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except ExpiredSignatureError:
        raise BadToken(EXPIRED) from None
    # A token of odd JSON may end in any of these: each means that it is not believed.
    except (PyJWTError, ValueError, TypeError, OverflowError, RecursionError, AttributeError):
        raise BadToken(NOT_VALID) from None
    return claims


def _claims(claims: Mapping[str, Any], issuer: Issuer) -> Claims:
    sub, person, jti = claims["sub"], claims.get(issuer.person), claims.get("jti")
    expires, issued = claims["exp"], claims["iat"]
    times = all(type(each) in (int, float) for each in (expires, issued))
    if not times or not 0 < expires - issued <= issuer.life:
        raise BadToken(NOT_VALID)
    if not (_name(sub) and _name(person) and (jti is None or _name(jti))):
        raise BadToken(NOT_VALID)
    roles = _roles(claims, issuer)
    # What a caller is known by is written to the audit, the log and the change log.
    if any(tells_ssn(each, bare=True) for each in _names(sub, person, roles)):
        raise BadToken(NUMBERED)
    name = claims.get("name")
    shown = name if _name(name) and not tells_ssn(name, bare=True) else person
    return Claims(person, sub, jti, float(expires), roles, shown)


def _name(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= NAMES and value.isprintable()


def _names(sub: str, person: str, roles: frozenset[Role]) -> tuple[str, ...]:
    """What a bearer of these roles may be known by: services and owners by the subject."""
    if Role.TRADE_OWNER in roles:
        return sub, person
    return (sub,) if Role.INTEGRATOR in roles else (person,)


def _roles(claims: Mapping[str, Any], issuer: Issuer) -> frozenset[Role]:
    """The roles that a token names and that are mapped; what is not known is no role."""
    found: Any = claims
    for step in issuer.roles.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    named = found.split() if isinstance(found, str) else found
    if not isinstance(named, list):
        return frozenset()
    known = (issuer.mapping.get(each) for each in named if isinstance(each, str))
    return frozenset(role for role in known if role)


def key_of(public: object, algorithms: frozenset[str] = frozenset(ALGORITHMS)) -> Key | None:
    """A key, with the algorithms it is fit for; None if it is too weak or of no use here."""
    match public:
        case rsa.RSAPublicKey() if public.key_size >= RSA_BITS:
            fit = {"RS256", "PS256"}
        case ec.EllipticCurvePublicKey() if isinstance(public.curve, ec.SECP256R1):
            fit = {"ES256"}
        case ed25519.Ed25519PublicKey() | ed448.Ed448PublicKey():
            fit = {"EdDSA"}
        case _:
            return None
    usable = frozenset(fit & algorithms)
    return Key(public, usable) if usable else None


def over(expires: float | None) -> bool:
    """Whether a right to ask has ended."""
    return expires is not None and time.time() >= expires
