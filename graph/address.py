"""Where a Neo4j server is and how to sign in there."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Address:
    """One database of one server; the password stays out of logs and tracebacks."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str = "neo4j"
