"""The highest class of facts in an answer: read off what was selected and what was told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_composite_type,
)

from graph.classes import CLAIMS, Class
from graph.terms import RelationshipType
from schema.classes import OF_FIELD, OF_TYPE

CLAIM = "Relationship"


@dataclass(slots=True)
class Told:
    """One selected field: its key in answers, its own class, and the type and parts of objects."""

    key: str
    own: Class
    kind: str = ""
    parts: "Parts | None" = None


@dataclass(slots=True)
class Parts:
    """What is selected of an object, fragments included."""

    fields: list[Told] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # keys of `__typename`
    types: set[str] = field(default_factory=set)  # keys of the type of a relationship

    def take(self, others: "Parts") -> None:
        """Have these parts as well; none twice."""
        known = set(map(id, self.fields))
        self.fields += [told for told in others.fields if id(told) not in known]
        self.names |= others.names
        self.types |= others.types


class Telling:
    """What one operation may tell."""

    def __init__(self, parts: Parts) -> None:
        """Know what is selected."""
        self._parts = parts
        self._most = max((_possible(told) for told in _all(parts)), default=Class.PUBLIC)

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
                found = max(found or Class.PUBLIC, told.own)
                if told.parts:
                    for each in _objects(there):
                        found = max(found, _class(told, told.parts, each))
                        waiting.append((told.parts, each))
                if found >= self._most:
                    return found
        return found


def telling(
    schema: GraphQLSchema, node: DocumentNode, operation: OperationDefinitionNode
) -> Telling:
    """What one operation of a valid document may tell."""
    reader = _Reader(schema, node)
    return Telling(reader.parts(operation.selection_set, schema.get_root_type(operation.operation)))


class _Reader:
    """Reads selections; each fragment once."""

    def __init__(self, schema: GraphQLSchema, node: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            one.name.value: one
            for one in node.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        self._known: dict[str, Parts] = {}

    def parts(self, selected: SelectionSetNode | None, owner: GraphQLNamedType | None) -> Parts:
        """What is selected of a type."""
        found = Parts()
        for node in selected.selections if selected else ():
            match node:
                case FieldNode():
                    self._field(node, owner, found)
                case FragmentSpreadNode():
                    found.take(self._fragment(node.name.value))
                case InlineFragmentNode():
                    condition = node.type_condition
                    kind = self._schema.get_type(condition.name.value) if condition else owner
                    found.take(self.parts(node.selection_set, kind))
        return found

    def _fragment(self, name: str) -> Parts:
        if name not in self._known:
            node = self._fragments[name]
            kind = self._schema.get_type(node.type_condition.name.value)
            self._known[name] = self.parts(node.selection_set, kind)
        return self._known[name]

    def _field(self, node: FieldNode, owner: GraphQLNamedType | None, found: Parts) -> None:
        name, key = node.name.value, (node.alias or node.name).value
        of = getattr(owner, "fields", {}).get(name)
        if owner is None or of is None:  # `__typename`, `__schema`, `__type`
            if name == "__typename":
                found.names.add(key)
            return
        if (owner.name, name) == (CLAIM, "type"):
            found.types.add(key)
        told = Told(key, OF_FIELD.get((owner.name, name), Class.PUBLIC))
        kind = get_named_type(of.type)
        if is_composite_type(kind):
            told.kind, told.parts = kind.name, self.parts(node.selection_set, kind)
        found.fields.append(told)


def _class(told: Told, parts: Parts, value: Mapping[str, Any]) -> Class:
    """Of an object: by the type that the answer names, else by the one that the schema does."""
    name = next((value[key] for key in parts.names if key in value), told.kind)
    if name == CLAIM:
        types = [value[key] for key in parts.types if value.get(key)]
        if types:
            return CLAIMS[RelationshipType(types[0])]
    return OF_TYPE.get(name, Class.ACCOUNT)


def _possible(told: Told) -> Class:
    """The highest that a field may tell by itself."""
    return max(told.own, OF_TYPE.get(told.kind, Class.ACCOUNT)) if told.kind else told.own


def _all(parts: Parts) -> Iterator[Told]:
    """Every field, each once."""
    seen: set[int] = set()
    waiting = [parts]
    while waiting:
        for told in waiting.pop().fields:
            if id(told) not in seen:
                seen.add(id(told))
                yield told
                if told.parts:
                    waiting.append(told.parts)


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a value, which may be a list, or a list of lists."""
    if isinstance(value, Mapping):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _objects(each)
