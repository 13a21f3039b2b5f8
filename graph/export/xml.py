"""Formats of XML: GraphML and GEXF 1.3, written as text since no library writes them in parts."""

from collections.abc import Mapping
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

import orjson

from graph.export.columns import CLAIM, THING, Row, plain
from graph.export.forms import About, Form, joined, legal

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
GRAPHML = {bool: "boolean", int: "long", float: "double"}
ENDS = ("from", "to")
LINE_ENDS = {"\r": "&#13;"}  # else a reader makes it a line feed


class GraphMl(Form):
    """GraphML: a typed key for each column."""

    name = "graph.graphml"
    media = "application/graphml+xml"

    def thing(self, row: Row) -> None:
        """A node."""
        rest = {name: value for name, value in row.items() if name != "id"}
        self._things.write(f"<node id={_in(row['id'])}>{_data('n', rest)}</node>\n".encode())

    def claim(self, row: Row) -> None:
        """An edge."""
        rest = {name: value for name, value in row.items() if name not in ("id", *ENDS)}
        ends = f"id={_in(row['id'])} source={_in(row['from'])} target={_in(row['to'])}"
        self._claims.write(f"<edge {ends}>{_data('e', rest)}</edge>\n".encode())

    def whole(self, out: BinaryIO, about: About) -> None:
        """The keys, and the graph around all."""
        keys = [*_keys("n", "node", THING, ("id",)), *_keys("e", "edge", CLAIM, ("id", *ENDS))]
        keys += [_key(name, "graph", name, "string") for name in ("about", "moment")]
        space = 'xmlns="http://graphml.graphdrawing.org/xmlns"'
        out.write(f"{HEAD}<graphml {space}>\n{''.join(keys)}".encode())
        out.write(b'<graph id="G" edgedefault="directed">\n')
        for name, line in zip(("about", "moment"), about.lines, strict=True):
            out.write(f'<data key="{name}">{escape(legal(line))}</data>\n'.encode())
        joined(out, self._things, self._claims)
        out.write(b"</graph>\n</graphml>\n")


class Gexf(Form):
    """GEXF 1.3, as Gephi and networkx read it."""

    name = "graph.gexf"
    media = "application/gexf+xml"

    def thing(self, row: Row) -> None:
        """A node."""
        rest = {name: value for name, value in row.items() if name not in ("id", "label")}
        named = f"id={_in(row['id'])} label={_in(row['label'])}"
        self._things.write(f"<node {named}>{_values(rest, THING)}</node>\n".encode())

    def claim(self, row: Row) -> None:
        """An edge."""
        rest = {name: value for name, value in row.items() if name not in ("id", *ENDS)}
        ends = f"id={_in(row['id'])} source={_in(row['from'])} target={_in(row['to'])}"
        line = f"<edge {ends} label={_in(row['type'])}>{_values(rest, CLAIM)}</edge>\n"
        self._claims.write(line.encode())

    def whole(self, out: BinaryIO, about: About) -> None:
        """The attributes, and the graph around all."""
        first, second = (escape(legal(line)) for line in about.lines)
        space = 'xmlns="http://gexf.net/1.3" version="1.3"'
        meta = f"<creator>Account Graph</creator>\n<description>{first}\n{second}</description>"
        out.write(f"{HEAD}<gexf {space}>\n<meta>\n{meta}\n</meta>\n".encode())
        out.write(b'<graph mode="static" defaultedgetype="directed">\n')
        out.write(_attributes("node", THING, ("id", "label")).encode())
        out.write(_attributes("edge", CLAIM, ("id", *ENDS)).encode() + b"<nodes>\n")
        joined(out, self._things)
        out.write(b"</nodes>\n<edges>\n")
        joined(out, self._claims)
        out.write(b"</edges>\n</graph>\n</gexf>\n")


def _keys(letter: str, of: str, columns: Mapping[str, type], but: tuple[str, ...]) -> list[str]:
    return [
        _key(f"{letter}-{name}", of, name, GRAPHML.get(type_, "string"))
        for name, type_ in columns.items()
        if name not in but
    ]


def _key(id_: str, of: str, name: str, type_: str) -> str:
    return f'<key id="{id_}" for="{of}" attr.name="{name}" attr.type="{type_}"/>\n'


def _data(letter: str, row: Row) -> str:
    return "".join(
        f'<data key="{letter}-{name}">{escape(_text(value), LINE_ENDS)}</data>'
        for name, value in row.items()
    )


def _attributes(of: str, columns: Mapping[str, type], but: tuple[str, ...]) -> str:
    lines = "".join(
        f'<attribute id="{name}" title="{name}" type="{_gexf(type_)}"/>\n'
        for name, type_ in columns.items()
        if name not in but
    )
    return f'<attributes class="{of}" mode="static">\n{lines}</attributes>\n'


def _gexf(type_: type) -> str:
    return {bool: "boolean", int: "long", float: "double"}.get(type_, "string")


def _values(row: Row, columns: Mapping[str, type]) -> str:
    values = (
        f'<attvalue for="{name}" value={_in(value)}/>'
        for name, value in row.items()
        if name in columns
    )
    return f"<attvalues>{''.join(values)}</attvalues>"


def _in(value: Any) -> str:
    """A value as an attribute of an element, quoted."""
    return quoteattr(_text(value))


def _text(value: Any) -> str:
    """A value as XML spells it; a list as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return legal(orjson.dumps(value).decode())
    return legal(str(plain(value)))
