"""CBP's Permitted Broker Contact List: who holds which filer code. Contacts are not kept."""

from graph.load.context import Context
from graph.load.fields import Fields
from graph.load.references import code, code_row
from graph.load.rows import ClaimRow, NodeRow, Row, Source
from graph.words import search_name

REQUIRED = ("filer_code", "permitted_broker_name")


def read(fields: Fields, context: Context) -> list[Row]:
    """The broker as a party, the code, and that the one holds the other."""
    written = fields.must(code, "filer_code")
    name = fields.required("permitted_broker_name")
    properties: dict[str, object] = {"name": name, "searchName": search_name(name), "country": "US"}
    labels = ("Party", "Organization")
    broker = NodeRow("Party", f"cbp-permit-{written}", labels, properties, fields.line)
    filer = code_row(written, fields.line, "BROKER")
    said = Source(context.source or "CBP Permitted Broker Contact List", written, None, context.at)
    return [broker, filer, ClaimRow("HOLDS", broker.key, filer.key, said, line=fields.line)]


def source_of(_: str) -> str:
    """The name of the source where none is given."""
    return "CBP Permitted Broker Contact List"
