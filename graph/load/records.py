"""Units from files of records that refer to each other: GLEIF documents and BODS packages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from graph.load.check import Bad
from graph.load.context import Context
from graph.load.files import Advance
from graph.load.formats import bods, gleif
from graph.load.formats.json_stream import values
from graph.load.rows import Refusal, Row
from graph.load.seen import Seen
from graph.load.units import Refused, Unit

Json = Mapping[str, Any]
Item = Unit | Refused
Found = tuple[Path, int, Json]
Read = Callable[[Json, int, Context], list[Row]]


def gleif_units(files: Sequence[Path], context: Context, advance: Advance) -> Iterator[Item]:
    """Entities of all files, then relationships."""
    for turn in (1, 2):
        for found in _gleif(files, advance if turn == 1 else _silent):
            if isinstance(found, Refused):
                if turn == 1:
                    yield found
            elif gleif.turn(found[2]) == turn:
                yield _unit(gleif.read, found, context)


def _gleif(files: Sequence[Path], advance: Advance) -> Iterator[Found | Refused]:
    for path in files:
        line = 1
        try:
            for line, document in values(path, advance):
                for place, record in enumerate(gleif.records(document), 1):
                    yield path, max(line, place), record
        except Bad as bad:
            yield Refused(Refusal(line, *bad.told), path.name)


def bods_units(files: Sequence[Path], context: Context, advance: Advance) -> Iterator[Item]:
    """Entities and persons of all files, then relationships; of each record the last statement."""
    with Seen() as last:
        for path, number, statement in _bods(files, advance):
            if isinstance(statement, Bad):
                yield Refused(Refusal(number, *statement.told), path.name)
            else:
                last.put([(bods.record(statement), f"{path} {number}")])
        for turn in (1, 2):
            for path, number, statement in _bods(files, _silent):
                if isinstance(statement, Bad) or bods.turn(statement) != turn:
                    continue
                if last.text(bods.record(statement)) == f"{path} {number}":
                    yield _unit(partial(bods.read, last.text), (path, number, statement), context)


def _bods(files: Sequence[Path], advance: Advance) -> Iterator[tuple[Path, int, Any]]:
    """Each statement with its line; in place of what is none, why."""
    for path in files:
        line = 1
        try:
            for line, statement in values(path, advance):
                yield path, line, _statement(statement)
        except Bad as bad:
            yield path, line, bad


def _statement(statement: Any) -> Any:
    try:
        bods.record(statement)
    except Bad as bad:
        return bad
    return statement


def _unit(read: Read, found: Found, context: Context) -> Item:
    path, line, record = found
    try:
        return Unit(tuple(read(record, line, context)), line, path.name)
    except Bad as bad:
        return Refused(Refusal(line, *bad.told), path.name)


def _silent(_: int) -> None:
    """Only the first pass counts as progress."""
