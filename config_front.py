"""Settings of what stands between clients and the server; part of config.py."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode

from graph.errors import SetupError

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

    def metrics_token(self) -> str | None:
        """The token by which other machines read the metrics. Raises SetupError."""
        path = self.metrics_token_file
        if path is None:
            return None
        try:
            if path.stat().st_mode & 0o077:
                raise SetupError(f"Others may read METRICS_TOKEN_FILE: run `chmod 600 {path}`.")
            token = path.read_text(encoding="ascii").strip()
        except OSError as error:
            raise SetupError(
                f"METRICS_TOKEN_FILE cannot be read ({error.strerror}). Name a file that holds"
                " the token."
            ) from None
        except UnicodeDecodeError:
            token = ""
        if len(token) < TOKEN or not token.isprintable() or " " in token:
            raise SetupError(
                f"METRICS_TOKEN_FILE must hold a token of at least {TOKEN} letters and digits. Make"
                " one: `openssl rand -hex 32`."
            )
        return token
