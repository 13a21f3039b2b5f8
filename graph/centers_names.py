"""The ten Centers by any of their spellings."""

from functools import cache

from graph.load.rows import NodeRow
from graph.reference.rows import read
from graph.reference.tables import FOLDER
from graph.text import fold


def resolve(text: str) -> str | None:
    """The code of a Center given by code, name or another accepted spelling; else None.

    Case, marks and spaces do not count, `&` is `and`.
    """
    return _spellings().get(_plain(text))


def _plain(text: str) -> str:
    return fold(text.replace("&", " and "))


@cache
def _spellings() -> dict[str, str]:
    centers = [row for row in read([FOLDER / "centers.csv"]) if isinstance(row, NodeRow)]
    return {_plain(name): center.id for center in centers for name in _names(center.properties)}


def _names(center: dict[str, object]) -> list[str]:
    others = center["alternateNames"]
    assert isinstance(others, list)
    return [str(center["code"]), str(center["name"]), *others]
