"""Things and claims as the database holds them, to be taken out of it and put into another."""

from dataclasses import dataclass
from typing import Any

Props = dict[str, Any]


@dataclass
class Node:
    """A node as it is stored."""

    id: str
    labels: list[str]
    said: Props

    @property
    def key(self) -> str:
        """Its stored key."""
        return str(self.said.get("key", ""))


@dataclass
class Claim:
    """A relationship as it is stored; ends are element ids."""

    start: str
    type: str
    end: str
    said: Props


@dataclass(frozen=True)
class Veiled:
    """What somebody has no right to be told, of whatever account."""

    types: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()

    def hides(self, node: Node) -> bool:
        """Whether this node is part of it."""
        said = node.said
        if "Change" in node.labels:
            subject = str(said.get("subject")).partition(":")[0]
            return (
                subject in self.kinds
                or said["kind"] in self.changes
                or said.get("relationshipType") in self.types
            )
        return bool(self.kinds & set(node.labels))


NOTHING = Veiled()


@dataclass
class Cut:
    """What is taken out of a graph: these nodes with their relationships, and these beside."""

    nodes: list[Node]
    claims: list[Claim]
