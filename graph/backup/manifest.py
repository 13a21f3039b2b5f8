"""What a backup says of itself: what it holds, and by what a restored graph is known to be it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson

from graph.errors import SetupError

FORMAT = 1
NOT_KNOWN = (
    "This backup was made by another version of the product, {}, in a form that this one does not"
    " know. Restore it with a newer version."
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is in a graph: the same of what was saved and of what was restored."""

    nodes: int
    labels: Mapping[str, int]  # nodes of each
    types: Mapping[str, int]  # relationships of each
    keys: Mapping[str, int]  # importer numbers by the id of the key they are looked up with
    migrations: Mapping[str, str]  # applied ones, each with its checksum
    rules: Mapping[str, int]  # things that break what must hold, by what must hold
    sequence: int  # last number of the change log
    earliest: int  # the first that is kept
    digest: str  # of all that the graph says


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands beside the dump."""

    product: str  # its version
    neo4j: str
    at: datetime
    incarnation: str | None  # of the change log; the restored one has another
    root: str | None  # names the first key there was, if the key was there
    store: int  # bytes that the database took
    dump: int  # bytes of the dump
    sha256: str  # of the dump
    figures: Figures

    def json(self) -> bytes:
        """As it is written."""
        told = {"format": FORMAT, **asdict(self)}
        return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"

    @classmethod
    def of(cls, text: bytes) -> "Manifest":
        """From what was written. Raises SetupError for a form that is not known here."""
        told = orjson.loads(text)
        if told.pop("format", None) != FORMAT:
            raise SetupError(NOT_KNOWN.format(told.get("product")))
        figures = Figures(**told.pop("figures"))
        return cls(**{**told, "at": datetime.fromisoformat(told["at"])}, figures=figures)
