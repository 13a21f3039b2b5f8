"""Where a Neo4j server is and how to sign in there; which addresses are this machine's."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

SAFE = ("bolt+s", "neo4j+s")
UNENCRYPTED = (
    "GRAPH_URI leads to another machine without encryption: password and data could be read on the"
    " way. Give bolt+s:// or neo4j+s://."
)


@dataclass(frozen=True, slots=True)
class Address:
    """One database of one server; the password stays out of logs and tracebacks."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str = "neo4j"


def unencrypted(uri: str) -> bool:
    """Whether what is sent there leaves this machine unencrypted, or to nobody knows whom."""
    try:
        host = urlsplit(uri).hostname
    except ValueError:  # what is in brackets is no address
        host = None
    return not on_this_machine(host) and uri.partition("://")[0].lower() not in SAFE


def on_this_machine(host: str | None) -> bool:
    """Whether the address is the loopback."""
    try:
        return ip_address("127.0.0.1" if host == "localhost" else host or "").is_loopback
    except ValueError:  # a name
        return False
