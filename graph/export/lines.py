"""Formats of JSON: one object per line, and node-link as networkx reads it."""

from typing import BinaryIO

from graph.export.columns import Row
from graph.export.forms import About, Form, joined, told


class JsonLines(Form):
    """One object per line; `record` says what it is."""

    name = "graph.jsonl"
    media = "application/jsonl"

    def thing(self, row: Row) -> None:
        """One line."""
        self._things.write(told({"record": "node", **row}) + b"\n")

    def claim(self, row: Row) -> None:
        """One line."""
        self._claims.write(told({"record": "relationship", **row}) + b"\n")

    def whole(self, out: BinaryIO, about: About) -> None:
        """About, moment, things, relationships."""
        out.write(told({"record": "about", **about.told}) + b"\n")
        out.write(told({"record": "moment", **about.moment}) + b"\n")
        joined(out, self._things, self._claims)


class NodeLink(Form):
    """One object, as `networkx.node_link_graph(..., edges="edges")` reads it."""

    name = "graph.json"
    media = "application/json"
    _begun = (False, False)

    def thing(self, row: Row) -> None:
        """A node."""
        self._things.write((b",\n" if self._begun[0] else b"\n") + told(row))
        self._begun = (True, self._begun[1])

    def claim(self, row: Row) -> None:
        """An edge: `key` tells it from others between the same two."""
        rest = {name: value for name, value in row.items() if name not in ("id", "from", "to")}
        ends = {"source": row["from"], "target": row["to"], "key": row["id"]}
        self._claims.write((b",\n" if self._begun[1] else b"\n") + told({**ends, **rest}))
        self._begun = (self._begun[0], True)

    def whole(self, out: BinaryIO, about: About) -> None:
        """The object around them."""
        first, second = about.lines
        out.write(b'{"directed":true,"multigraph":true,"graph":{"about":')
        out.write(f'{first},\n"moment":{second}\n}},\n"nodes":['.encode())
        joined(out, self._things)
        out.write(b'\n],\n"edges":[')
        joined(out, self._claims)
        out.write(b"\n]}\n")
