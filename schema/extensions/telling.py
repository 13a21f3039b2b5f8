"""The highest class of facts in an answer: read off what was selected and what was told."""

from collections.abc import Iterator, Mapping
from typing import Any

from graph.classes import CLAIMS, Class
from graph.terms import RelationshipType
from schema.classes import OF_FIELD, OF_TYPE
from schema.extensions.selected import Parts, Told

CLAIM = "Relationship"
TYPE = (CLAIM, "type")


class Telling:
    """What one operation may tell."""

    def __init__(self, parts: Parts) -> None:
        """Know what is selected."""
        self._parts = parts
        self._most = max((_possible(told) for told in parts.every()), default=Class.PUBLIC)

    def highest(self, answer: Mapping[str, Any] | None) -> Class | None:
        """The highest class in an answer; None where nothing was told.

        It ends where nothing higher can come: of most answers it looks at the first thing only.
        """
        found: Class | None = None
        waiting: list[tuple[Parts, Any]] = [(self._parts, answer)] if answer else []
        while waiting:
            parts, value = waiting.pop()
            for told in parts.fields:
                if (there := value.get(told.key)) is None:
                    continue
                found = max(found or Class.PUBLIC, _own(told))
                if told.parts:
                    for each in _objects(there):
                        found = max(found, _class(told, told.parts, each))
                        waiting.append((told.parts, each))
                if found >= self._most:
                    return found
        return found


def _class(told: Told, parts: Parts, value: Mapping[str, Any]) -> Class:
    """Of an object: by the type that the answer names, else by the one that the schema does."""
    name = next((value[key] for key in parts.names if key in value), told.kind)
    if name == CLAIM:
        types = [
            value[each.key] for each in parts.fields if each.place == TYPE and value.get(each.key)
        ]
        if types:
            return CLAIMS[RelationshipType(types[0])]
    return OF_TYPE.get(name, Class.ACCOUNT)


def _possible(told: Told) -> Class:
    """The highest that a field may tell by itself."""
    return max(_own(told), OF_TYPE.get(told.kind, Class.ACCOUNT)) if told.kind else _own(told)


def _own(told: Told) -> Class:
    """Of its value alone."""
    return OF_FIELD.get(told.place, Class.PUBLIC)


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a value, which may be a list, or a list of lists."""
    if isinstance(value, Mapping):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _objects(each)
