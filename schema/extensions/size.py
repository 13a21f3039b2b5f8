"""How large a selection is, how large an answer it may have, and what the answer costs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schema.extensions.cost import Price

Times = int | Callable[[Mapping[str, Any]], int]
"""How many objects a use of a field gives: known from the text, or by the variables."""


@dataclass(frozen=True, slots=True)
class Part:
    """A use of a field that gives objects, or of a fragment (which has no key)."""

    times: Times
    own: int  # object a time
    price: Price
    inside: "Size"
    key: str | None = None  # where the answer has it

    def count(self, variables: Mapping[str, Any]) -> tuple[int, int]:
        """How many objects, and how many tenths of a point, they may be."""
        times = self.times if isinstance(self.times, int) else self.times(variables)
        nodes, tenths = self.inside.count(variables)
        return times * (self.own + nodes), self.price.use + times * (self.price.each + tenths)


@dataclass
class Size:
    """What a selection holds, its fragments included."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    root_fields: int = 0
    items: int = 0  # of the longest literal list
    introspects: bool = False
    fixed: tuple[int, int] = (0, 0)  # objects and tenths of points that no variable changes
    parts: list[Part] = field(default_factory=list)  # the others
    priced: list[Part] = field(default_factory=list)  # those that an answer is charged for

    def add(self, other: "Size", *, deeper: int = 0) -> None:
        """Count another selection in, `deeper` levels below."""
        self.depth = max(self.depth, other.depth + deeper)
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives
        self.items = max(self.items, other.items)
        self.introspects |= other.introspects

    def use(self, part: Part) -> None:
        """Count a part in, at once if no variable changes it."""
        if isinstance(part.times, int) and not part.inside.parts:
            nodes, tenths = part.count({})
            self.fixed = self.fixed[0] + nodes, self.fixed[1] + tenths
        else:
            self.parts.append(part)
        if part.price.told or part.inside.priced:
            self.priced.append(part)

    def count(self, variables: Mapping[str, Any]) -> tuple[int, int]:
        """How many objects the answer may hold, and how many tenths of a point it may cost.

        Page sizes are multiplied along each path.
        """
        nodes, tenths = self.fixed
        for part in self.parts:
            more, dearer = part.count(variables)
            nodes += more
            tenths += dearer
        return nodes, tenths

    def spent(self, answer: Mapping[str, Any]) -> int:
        """How many tenths of a point an answer costs: by what is there."""
        return sum(_spent(part, answer) for part in self.priced)


def _spent(part: Part, answer: Mapping[str, Any]) -> int:
    if part.key is None:
        return part.inside.spent(answer)
    value = answer.get(part.key)
    if value is None:
        return 0
    if not isinstance(value, list):
        return part.price.use + part.price.one + part.inside.spent(value)
    there = [entry for entry in value if entry is not None]
    tenths = part.price.use + part.price.entry * len(there)
    if part.inside.priced:
        tenths += sum(part.inside.spent(entry) for entry in there)
    return tenths
