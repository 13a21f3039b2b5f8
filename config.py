"""Settings, read once from the environment; only server.py, cli.py and the tests import this."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsConfigDict

from config_front import Front, Listed
from config_limits import GENEROUS as GENEROUS
from config_limits import Allowance as Allowance
from config_limits import Limited
from graph.address import UNENCRYPTED, Address, on_this_machine, unencrypted
from graph.errors import SetupError
from graph.roles import Role


class Config(Limited, Front):
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
    disk_floor: int | None = Field(
        None,
        ge=0,
        description="Bytes that stay free on its disk: no write below; 2 GB or a tenth by default.",
    )
    jar_store: Path | None = Field(
        None, description="Folder of the local database's jars; your cache folder if not given."
    )
    identifier_key_file: Path = Field(
        Path("var/keys/identifier.key"),
        description="Key that importer numbers are looked up with, 0600; never beside the data.",
    )
    host: str = Field(
        "127.0.0.1", description="Address to listen at; loopback only without an ISSUER."
    )
    hosts: Listed = Field(
        (), description="Names this server answers to, by commas, beside those of this machine."
    )
    issuer: str | None = Field(
        None, description="Identity provider whose tokens are believed; else a local one is made."
    )
    issuer_keys_url: str | None = Field(
        None, description="Where its keys are; if not given, its OpenID configuration tells."
    )
    issuer_algorithms: Listed = Field(
        ("RS256", "PS256", "ES256", "EdDSA"), description="How its tokens may be signed."
    )
    issuer_token_type: str = Field(
        "at+jwt", description="What the header's `typ` must be; `any` for providers without it."
    )
    issuer_person_claim: str = Field(
        "sub", description="Claim that is the id of an account manager or specialist."
    )
    issuer_roles_claim: str = Field(
        "roles", description="Claim that holds roles; dots lead into objects."
    )
    issuer_roles: dict[str, Role] = Field(
        {}, description='Roles by their names at the provider, as JSON: {"cbp-hq": "HQ_ANALYST"}.'
    )
    managers_see_center: bool = Field(
        True, description="Whether account managers read the other accounts of their Center."
    )
    trade_owners: bool = Field(
        False, description="Whether owners of accounts (role TRADE_OWNER) are let in."
    )
    audience: str = Field("account-graph", description="What tokens must be issued for.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen at.")
    trusted_documents: Path | None = Field(
        None, description="Manifest of the documents that are known by their hash."
    )
    trusted_only: bool = Field(False, description="Run no document that is not in the manifest.")
    introspection: str = Field(
        "signed-in", description="Who may introspect: signed-in, nobody, or roles by commas."
    )
    suggestions: str = Field(
        "nobody", description="Whose errors suggest names: signed-in, nobody, or roles by commas."
    )
    public_url: str | None = Field(
        None, description="Where clients reach the server; as they wrote it if not given."
    )
    change_log_days: int = Field(
        90, ge=1, description="Days for which the change log is kept; an older cursor is told so."
    )
    audit: bool = Field(True, description="Whether each request has an entry in the audit.")
    audit_folder: Path | None = Field(
        None, description="Folder of the audit; `audit` in the data folder if not given."
    )
    audit_days: int = Field(
        2192, ge=1, description="Days for which the audit is kept; six years by default."
    )
    log_format: Literal["console", "json"] = Field("console", description="How logs are written.")

    @model_validator(mode="after")
    def _one_password(self) -> "Config":
        if self.graph_password is not None and self.graph_password_file is not None:
            raise ValueError("Give GRAPH_PASSWORD or GRAPH_PASSWORD_FILE, not both.")
        return self

    @model_validator(mode="after")
    def _trusted(self) -> "Config":
        if self.trusted_only and self.trusted_documents is None:
            raise ValueError("TRUSTED_ONLY needs a manifest: give TRUSTED_DOCUMENTS.")
        return self

    @model_validator(mode="after")
    def _signed_in_abroad(self) -> "Config":
        """Refuse what people could not come back from, and what would be a token of the API too."""
        if self.issuer_client_id is None:
            return self
        if self.issuer is None or self.public_url is None:
            raise ValueError(
                "ISSUER_CLIENT_ID needs ISSUER, and PUBLIC_URL: where the provider sends people"
                " back to."
            )
        parts = urlsplit(self.public_url)
        if parts.scheme != "https" and not on_this_machine(parts.hostname):
            raise ValueError("PUBLIC_URL: Browsers keep a session by https only.")
        if self.issuer_client_id == self.audience:
            raise ValueError(
                "ISSUER_CLIENT_ID is the AUDIENCE: what says who signed in would open the API as"
                " well. Give the API an audience of its own."
            )
        return self

    @property
    def audit_at(self) -> Path:
        """The folder of the audit."""
        return self.audit_folder or self.data / "audit"

    def address(self) -> Address | None:
        """The user's own server, or None for the local one. Raises SetupError."""
        if self.graph_uri is None:
            return None
        if unencrypted(self.graph_uri):
            raise SetupError(UNENCRYPTED)
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

    @model_validator(mode="after")
    def _believed(self) -> "Config":
        """Refuse what would let in more than the policy says."""
        unknown = set(self.issuer_algorithms) - {"RS256", "PS256", "ES256", "EdDSA"}
        if unknown or not self.issuer_algorithms:
            raise ValueError(
                "ISSUER_ALGORITHMS: Give some of RS256, PS256, ES256 and EdDSA, no others."
            )
        if Role.DEVELOPMENT in self.issuer_roles.values():
            raise ValueError("ISSUER_ROLES: DEVELOPMENT is a role of the local issuer only.")
        return self

    def check_host(self) -> None:
        """Raises SetupError for an address that others could reach, if there is no issuer.

        Whoever can read the data folder can make themselves a token then.
        """
        if self.issuer is not None:
            return
        if not on_this_machine(self.host):
            raise SetupError(
                f"The server may not listen at {self.host}: no identity provider is configured,"
                " and tokens of the local issuer are for this machine. Set ISSUER, or listen at"
                " 127.0.0.1."
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


def environment(address: Address) -> dict[str, str]:
    """The settings by which another process finds a graph."""
    return {
        "GRAPH_URI": address.uri,
        "GRAPH_USER": address.user,
        "GRAPH_PASSWORD": address.password,
        "GRAPH_DATABASE": address.database,
    }
