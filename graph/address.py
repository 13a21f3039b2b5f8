"""Where a Neo4j server is and how to sign in there."""

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
        host = urlsplit(uri).hostname or ""
        here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name
        here = False
    return not here and uri.partition("://")[0].lower() not in SAFE
