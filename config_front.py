"""Settings of what stands between clients and the server; part of config.py."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from ssl import create_default_context
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode

from graph.address import on_this_machine
from graph.errors import SetupError
from graph.secrecy import hidden
from graph.webhooks import Receivers

PORTS = {"http": 80, "https": 443}
TOKEN = 32  # characters of a token of the metrics, at least


def _by_commas(given: object) -> Any:
    return (
        tuple(filter(None, map(str.strip, given.split(",")))) if isinstance(given, str) else given
    )


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_by_commas)]


Network = IPv4Network | IPv6Network


def _networks(given: object) -> object:
    """The networks of a list by commas; one address is a network too."""
    return tuple(map(_network, _by_commas(given))) if isinstance(given, str) else given


def _network(text: str) -> Network:
    try:
        found = ip_network(text)
    except ValueError:
        raise ValueError(
            f"{text} is no address or network. Write 192.0.2.7 or 192.0.2.0/24."
        ) from None
    if not found.prefixlen:
        raise ValueError(f"{text} is everybody. List the proxies only.")
    return found


def _origins(given: object) -> object:
    """The sites of a list by commas, as browsers write them."""
    return tuple(map(_origin, _by_commas(given))) if isinstance(given, str) else given


def _origin(text: str) -> str:
    """One site. Raises ValueError for what no browser writes, and for all of them."""
    if "*" in text:
        raise ValueError("No site is let in by `*`: list each, such as https://app.example.")
    parts = urlsplit(text)
    host = (parts.hostname or "").encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, PORTS.get(parts.scheme)) else f":{parts.port}"
    if not host or parts.scheme not in PORTS or text != f"{parts.scheme}://{host}{port}":
        raise ValueError(
            f"{hidden(text)} is no site as browsers write it: scheme, host in small letters, a port"
            " only if it is not the usual one, and nothing else. Write https://app.example."
        )
    if parts.scheme == "http" and not on_this_machine(host.strip("[]")):
        raise ValueError(f"{text} could be changed on its way. Serve that page by https.")
    return text


def _collector(text: str) -> str:
    """Where a collector is. Raises ValueError for what could be changed on its way."""
    parts = urlsplit(text)
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.query:
        raise ValueError("This is no address of a collector. Write https://collector.example:4318.")
    if parts.scheme == "http" and not on_this_machine(parts.hostname):
        raise ValueError("Checkpoints could be changed on their way. Reach the collector by https.")
    if os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":  # silently sends nothing
        raise ValueError("Nothing would be sent to it. Unset OTEL_SDK_DISABLED.")
    return text


def _secret(path: Path | None, name: str, what: str) -> str | None:
    """What a file that nobody else may read holds. Raises SetupError; empty if it is no text."""
    if path is None:
        return None
    try:
        if path.stat().st_mode & 0o077:
            raise SetupError(f"Others may read {name}: run `chmod 600 {path}`.")
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SetupError(
            f"{name} cannot be read ({error.strerror}). Name a file that holds {what}."
        ) from None
    except UnicodeDecodeError:
        return ""


def _ports(given: object) -> object:
    return tuple(map(int, _by_commas(given))) if isinstance(given, str) else given


def _receivers(given: object) -> object:
    """The receivers of a list by commas: HOST:PORT."""
    return tuple(map(_receiver, _by_commas(given))) if isinstance(given, str) else given


def _receiver(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(f"{hidden(text)} is no receiver. Write localhost:8443.")
    return host.lower().strip("[]"), int(port)


Port = Annotated[int, Field(ge=1, le=65535)]


class Front(BaseSettings):
    """What docs/security.md tells of proxies, pages of other sites and metrics."""

    metrics_token_file: Path | None = Field(
        None, description="File, 0600, of the token by which other machines read /metrics."
    )

    proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = Field(
        (), description="Addresses and networks of proxies that are believed, by commas."
    )
    proxies_header: Literal["x-forwarded-for", "forwarded"] = Field(
        "x-forwarded-for", description="The header in which they name who asks."
    )

    cors_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = Field(
        (), description="Other sites whose pages may ask, by commas: https://app.example."
    )

    issuer_client_id: str | None = Field(
        None, description="What this server is called at the provider; people sign in there then."
    )
    issuer_client_secret_file: Path | None = Field(
        None, description="File, 0600, of its secret there; without one it is a public client."
    )
    issuer_scope: str = Field(
        "openid", description="What it asks the provider for: openid, and what roles need."
    )

    session_idle_minutes: int = Field(
        30, ge=1, le=12 * 60, description="Minutes after which a session that is not used ends."
    )
    session_hours: int = Field(
        12, ge=1, le=12, description="Hours after which every session on the pages ends."
    )
    sessions_per_person: int = Field(
        5, ge=1, le=100, description="Sessions of one person; a further one ends the oldest."
    )

    otel_exporter_otlp_endpoint: Annotated[str, AfterValidator(_collector)] | None = Field(
        None, description="Collector to which checkpoints of the audit are sent, by OTLP over HTTP."
    )

    webhooks: bool = Field(
        True, description="Whether this server sends webhooks; off, it only keeps them."
    )
    webhook_ports: Annotated[tuple[Port, ...], NoDecode, BeforeValidator(_ports)] = Field(
        (), description="Ports that webhooks may be sent to beside 443, by commas."
    )
    webhook_test_receivers: Annotated[
        tuple[tuple[str, Port], ...], NoDecode, BeforeValidator(_receivers)
    ] = Field(
        (),
        description=(
            "For tests: HOST:PORT by commas that webhooks reach although they are not public."
        ),
    )
    webhook_test_ca: Path | None = Field(
        None, description="Certificates (PEM) that those receivers are believed by, and no others."
    )

    def issuer_client_secret(self) -> str | None:
        """The secret of this server at the provider. Raises SetupError."""
        path = self.issuer_client_secret_file
        secret = _secret(path, "ISSUER_CLIENT_SECRET_FILE", "the secret")
        if secret is not None and not secret:
            raise SetupError("ISSUER_CLIENT_SECRET_FILE holds no secret.")
        return secret

    def receivers(self) -> Receivers:
        """Where webhooks may be sent to beside the usual. Raises SetupError."""
        if self.webhook_test_ca:
            try:
                create_default_context(cafile=self.webhook_test_ca)
            except OSError:  # what OpenSSL cannot read is one too
                raise SetupError(
                    "WEBHOOK_TEST_CA cannot be read. Name a file of certificates in PEM."
                ) from None
        inside = frozenset(self.webhook_test_receivers)
        return Receivers(frozenset(self.webhook_ports), inside, self.webhook_test_ca)

    def metrics_token(self) -> str | None:
        """The token by which other machines read the metrics. Raises SetupError."""
        token = _secret(self.metrics_token_file, "METRICS_TOKEN_FILE", "the token")
        if token is None:
            return None
        if len(token) < TOKEN or not token.isprintable() or " " in token:
            raise SetupError(
                f"METRICS_TOKEN_FILE must hold a token of at least {TOKEN} letters and digits. Make"
                " one: `openssl rand -hex 32`."
            )
        return token
