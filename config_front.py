"""Settings of what stands between clients and the server; part of config.py."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode

from graph.errors import SetupError

TOKEN = 32  # characters of a token of the metrics, at least


def _by_commas(given: object) -> object:
    return (
        tuple(filter(None, map(str.strip, given.split(",")))) if isinstance(given, str) else given
    )


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_by_commas)]


class Front(BaseSettings):
    """What docs/security.md tells of proxies, pages of other sites and metrics."""

    metrics_token_file: Path | None = Field(
        None, description="File, 0600, of the token by which other machines read /metrics."
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
