"""Things written otherwise than by what a row tells of them."""

from dataclasses import dataclass

from graph.load.rows import NodeRow
from graph.terms import ChangeKind


@dataclass(frozen=True, slots=True)
class Bare(NodeRow):
    """A thing that another source may know better, such as a parent known by its name only.

    It is written if it is not there, else left as it is.
    """


@dataclass(frozen=True, slots=True)
class Touched(NodeRow):
    """A thing whose relationships change: its version grows, and it says what it said."""


@dataclass(frozen=True, slots=True)
class Told(Touched):
    """A thing to which something happened that the change log tells by a kind of its own.

    `about` is the name and the text of what it came to: other things' global ids, never numbers.
    """

    kind_told: ChangeKind = ChangeKind.ACCOUNT_UPDATED
    about: tuple[str, str] = ("", "")
