"""What issues and strategies share: lists of things and disciplines that replace others."""

from collections.abc import Iterable, Sequence
from datetime import date

from graph import discipline_codes
from graph.commands import texts
from graph.commands.assigning import claim, ended
from graph.commands.header import Given
from graph.commands.writing import Path, Standing, Step, Writing
from graph.terms import UserErrorCode

MOST = 100  # things of one list
Ends = dict[str, tuple[Path, ...]]
"""Keys with their paths in the input."""


def keys(
    writing: Writing,
    given: Given[tuple[str, ...]],
    kinds: Sequence[str],
    name: str,
    most: int = MOST,
) -> Ends:
    """The keys of a list of ids with their paths."""
    ids = given if isinstance(given, tuple) else ()
    if len(ids) > most:
        texts.counted(writing, len(ids), most, name)
    found: Ends = {}
    for at, id_ in enumerate(ids[:most]):
        if key := writing.key(id_, kinds, name, at):
            found.setdefault(key, (name, at))
    return found


def discipline(writing: Writing, text: str, *path: Path) -> str | None:
    """A discipline's code in its one spelling; noted if there is none such."""
    code = text.strip().upper()
    if code in discipline_codes.codes():
        return code
    known = ", ".join(discipline_codes.codes())
    told = f"There is no such discipline. Give one of {known}."
    writing.refuse(UserErrorCode.NOT_FOUND, told, *path)
    return None


def disciplines(
    writing: Writing, given: Given[tuple[str, ...]], name: str, alone: bool = False
) -> Ends:
    """The keys of disciplines with their paths; noted if there are none such."""
    found: Ends = {}
    for at, text in enumerate(given if isinstance(given, tuple) else ()):
        path: tuple[Path, ...] = (name,) if alone else (name, at)
        if code := discipline(writing, text, *path):
            found.setdefault(f"Discipline:{code}", path)
    return found


def replaced(
    writing: Writing,
    type_: str,
    key: str,
    wanted: Ends,
    standing: Iterable[Standing],
    part: str | None,
    since: date | None = None,
) -> list[Step]:
    """How links that are not wanted end today, and those that are missing begin, today or since."""
    now = [each for each in standing if each.get("validTo") is None]
    gone = [each for each in now if each.end not in wanted]
    there = {each.end for each in now}
    said = {"part": part} if part else {}
    steps = ended(writing, gone, writing.today, None)
    for end, path in wanted.items():
        if end not in there:
            row = claim(writing, type_, key, end, since or writing.today, said)
            steps.append(Step((row,), path))
    return steps
