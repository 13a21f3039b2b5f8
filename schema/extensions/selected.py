"""What an operation selects, fragments included: each field with its type and what is below."""

from collections.abc import Iterator
from dataclasses import dataclass, field

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

from schema.extensions.rights import Place


@dataclass(slots=True)
class Told:
    """One selected field: its key in answers, its type and name, and the type of objects there."""

    key: str
    place: Place
    kind: str = ""
    parts: "Parts | None" = None


@dataclass(slots=True)
class Parts:
    """What is selected of an object, fragments included."""

    fields: list[Told] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # keys of `__typename`

    def take(self, others: "Parts") -> None:
        """Have these parts as well; none twice."""
        known = set(map(id, self.fields))
        self.fields += [told for told in others.fields if id(told) not in known]
        self.names |= others.names

    def every(self) -> Iterator[Told]:
        """Every field, below too, each once."""
        seen: set[int] = set()
        waiting = [self]
        while waiting:
            for told in waiting.pop().fields:
                if id(told) not in seen:
                    seen.add(id(told))
                    yield told
                    if told.parts:
                        waiting.append(told.parts)


def selected(
    schema: GraphQLSchema, node: DocumentNode, operation: OperationDefinitionNode
) -> Parts:
    """What one operation of a valid document selects, each fragment looked at once."""
    reader = _Reader(schema, node)
    return reader.parts(operation.selection_set, schema.get_root_type(operation.operation))


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
        told = Told(key, (owner.name, name))
        kind = get_named_type(of.type)
        if is_composite_type(kind):
            told.kind, told.parts = kind.name, self.parts(node.selection_set, kind)
        found.fields.append(told)
