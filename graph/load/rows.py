"""What every format is read into and the writer takes: things, claims and refused rows."""

from dataclasses import dataclass, field
from datetime import date
from typing import cast

from graph.records import Source as Source
from graph.words import search_name

OPEN_DAY = date(9999, 12, 31)  # stored for "none", as for "still"


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A thing to write: its kind and id make its key; properties have their stored names."""

    kind: str
    id: str
    labels: tuple[str, ...]
    properties: dict[str, object]
    line: int = 0  # of the file, from 1; 0 if it comes from no file
    # Of a number: what it may have been stored with until now.
    lookup_before: str | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Derive the folded copies that order and search use: nobody can forget them."""
        derived: dict[str, object] = {}
        if name := self.properties.get("name") or self.properties.get("title"):
            derived["searchName"] = search_name(str(name))
        if aliases := self.properties.get("aliases") or self.properties.get("alternateNames"):
            names = cast("list[str]", aliases)
            derived["searchAliases"] = [search_name(str(alias)) for alias in names]
        if self.kind == "Issue":  # what has no day comes last, and an index can say so
            derived["dueSort"] = self.properties.get("dueOn") or OPEN_DAY
        if self.kind == "Strategy":
            derived["reviewSort"] = self.properties.get("reviewOn") or OPEN_DAY
        object.__setattr__(self, "properties", {**self.properties, **derived})

    @property
    def key(self) -> str:
        """`Kind:id`, unique over all things."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A relationship to write; ends are keys. A row written again changes nothing.

    `discriminator` is the source's own reference of the claim if it has one: it tells two claims
    of one source about the same ends apart. Without one the first day does. A correction names the
    `claim` it is a version of; one that is `withdrawn` has no successor: it never held.
    """

    type: str
    start: str
    end: str
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None
    properties: dict[str, object] = field(default_factory=dict)
    discriminator: str = ""
    recorded_by: str = "load"
    reason: str | None = None
    line: int = 0
    claim: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one row was not taken: what a person needs to mend it. Values are masked."""

    line: int
    column: str
    value: str
    code: str
    reason: str
    remedy: str


Row = NodeRow | ClaimRow
