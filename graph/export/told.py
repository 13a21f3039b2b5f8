"""What a file tells that not everybody may see: asked again when it is fetched."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from graph import ids
from graph.classes import CLAIMS, Class
from graph.private_files import private, synced
from graph.terms import RelationshipType
from graph.visible import INTERNAL, PUBLISHED, Reached

SHRUNK = (
    "This file holds what you may not see any more, so it is not given out. Start another export:"
    " it holds what you may see now."
)


@dataclass(frozen=True, slots=True)
class Told:
    """Things that hang on accounts, the kinds of all things, the types of relationships."""

    hanging: tuple[str, ...]
    kinds: tuple[str, ...]
    types: tuple[str, ...]
    count: int

    @classmethod
    def of(cls, keys: Iterable[str], types: Iterable[str]) -> "Told":
        """Of a file with these things and these types of relationships."""
        every = sorted(keys)
        kinds = {key.partition(":")[0] for key in every}
        hanging = tuple(key for key in every if key.partition(":")[0] not in INTERNAL)
        return cls(hanging, tuple(sorted(kinds)), tuple(sorted(types)), len(every))

    def visible(self, seen: Reached) -> bool:
        """Whether all of it is still for this reach to see."""
        if not seen.types.isdisjoint(self.types) or not seen.kinds.isdisjoint(self.kinds):
            return False
        return seen.all or all(map(seen.sees, self.hanging))

    @property
    def accounts(self) -> list[str]:
        """The accounts among them, by global id."""
        return [ids.encode(key) for key in self.hanging if key.startswith("Account:")]

    @property
    def highest(self) -> Class:
        """The class of the most confidential fact."""
        if self.hanging:
            return Class.ACCOUNT
        claimed = max(
            (CLAIMS[RelationshipType(type_)] for type_ in self.types), default=Class.PUBLIC
        )
        inside = set(self.kinds) <= PUBLISHED
        return max(claimed, Class.PUBLIC if inside else Class.INTERNAL)

    def keep(self, path: Path) -> None:
        """Write it down."""
        file = private(path)
        file.truncate()
        file.write(orjson.dumps([self.hanging, self.kinds, self.types, self.count]))
        synced(file)

    @classmethod
    def read(cls, path: Path) -> "Told":
        """From what was written down."""
        hanging, kinds, types, count = orjson.loads(path.read_bytes())
        return cls(tuple(hanging), tuple(kinds), tuple(types), count)
