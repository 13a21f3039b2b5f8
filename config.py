"""Settings, read once from the environment; only server.py, cli.py and the tests import this."""

from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.address import Address
from graph.errors import SetupError


class Config(BaseSettings):
    """Where the graph is, where the product keeps its files, and where it listens.

    Every field is read from the variable of its name in capitals, for example GRAPH_URI.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    graph_uri: str | None = Field(
        None, description="Address of a Neo4j server of yours; without it a local one is started."
    )
    graph_user: str = Field("neo4j", description="Who signs in to that server.")
    graph_password: SecretStr | None = Field(None, description="With which password.")
    graph_password_file: Path | None = Field(
        None, description="File that holds the password, instead of GRAPH_PASSWORD."
    )
    graph_database: str = Field("neo4j", description="Which of its databases.")
    data: Path = Field(Path("var/graph"), description="Folder of the local database.")
    jar_store: Path | None = Field(
        None, description="Folder of the local database's jars; your cache folder if not given."
    )
    identifier_key_file: Path = Field(
        Path("var/keys/identifier.key"),
        description="Key that importer numbers are looked up with, 0600; never beside the data.",
    )
    host: str = Field("127.0.0.1", description="Address to listen at; loopback only for now.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen at.")
    public_url: str | None = Field(
        None, description="Where clients reach the server; as they wrote it if not given."
    )
    upload_limit: int = Field(
        2_000_000_000, ge=1, description="How many bytes a file that is sent may have."
    )
    streams: int = Field(1000, ge=1, description="Streams that may run at once.")
    streams_per_caller: int = Field(20, ge=1, description="Streams of one caller at once.")
    change_log_days: int = Field(
        90, ge=1, description="Days for which the change log is kept; an older cursor is told so."
    )
    log_format: Literal["console", "json"] = Field("console", description="How logs are written.")

    @model_validator(mode="after")
    def _one_password(self) -> "Config":
        if self.graph_password is not None and self.graph_password_file is not None:
            raise ValueError("Give GRAPH_PASSWORD or GRAPH_PASSWORD_FILE, not both.")
        return self

    def address(self) -> Address | None:
        """The user's own server, or None for the local one. Raises SetupError."""
        if self.graph_uri is None:
            return None
        return Address(self.graph_uri, self.graph_user, self._password(), self.graph_database)

    def _password(self) -> str:
        if self.graph_password_file is None:
            return self.graph_password.get_secret_value() if self.graph_password else ""
        try:
            return self.graph_password_file.read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as error:
            raise SetupError(
                f"GRAPH_PASSWORD_FILE cannot be read ({error.strerror}). Name a file that holds"
                " the password."
            ) from None

    def check_host(self) -> None:
        """Raises SetupError for an address that others could reach: nobody could be told apart."""
        host = "127.0.0.1" if self.host == "localhost" else self.host
        try:
            loopback = ip_address(host).is_loopback
        except ValueError:
            loopback = False
        if not loopback:
            raise SetupError(
                f"The server may not listen at {self.host}: no identity provider is configured,"
                " so everyone who reaches it would see everything. Use 127.0.0.1 and a tunnel."
            )


def settings(**given: object) -> Config:
    """The settings of the environment, with what options give in their place."""
    try:
        return Config(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise SetupError(" ".join(map(_told, error.errors()))) from None


def _told(error: ErrorDetails) -> str:
    """A refused setting by the name of its variable."""
    name = "".join(f"{str(part).upper()}: " for part in error["loc"])
    return f"{name}{error['msg'].removeprefix('Value error, ').rstrip('.')}."
