"""What an operation reads that is accounted for: guarded fields, and explanations of risk."""

from collections.abc import Mapping
from dataclasses import dataclass

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
)

from schema.extensions.rights import Place, rights_of

EXPLAINS = frozenset({("Risk", "chains"), ("Risk", "counterfactual")})
REACHES = "riskReach"  # of whatever carries risk


@dataclass(frozen=True, slots=True)
class Uses:
    """Permissions that its fields need, and the fields that explain risk, both in order."""

    rights: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()


def uses(schema: GraphQLSchema, node: DocumentNode, operation: OperationDefinitionNode) -> Uses:
    """What one operation of a valid document uses, each fragment looked at once."""
    places = Places(schema, node)
    places.select(operation.selection_set, schema.get_root_type(operation.operation))
    needs = rights_of(schema).needs
    return Uses(
        tuple(sorted({needs[place].value for place in places.found if place in needs})),
        tuple(sorted({place[1] for place in places.found if _explains(place)})),
    )


class Places:
    """The fields that are selected, by their type."""

    def __init__(self, schema: GraphQLSchema, node: DocumentNode) -> None:
        """Know the types and the fragments."""
        self.found: set[Place] = set()
        self._schema = schema
        self._fragments: Mapping[str, FragmentDefinitionNode] = {
            one.name.value: one
            for one in node.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        self._seen: set[str] = set()

    def select(self, selected: SelectionSetNode | None, owner: GraphQLNamedType | None) -> None:
        """Look at all that is selected of a type."""
        for node in selected.selections if selected else ():
            match node:
                case FieldNode():
                    self._field(node, owner)
                case FragmentSpreadNode() if node.name.value not in self._seen:
                    self._seen.add(node.name.value)
                    fragment = self._fragments[node.name.value]
                    self.select(fragment.selection_set, self._named(fragment, owner))
                case InlineFragmentNode():
                    self.select(node.selection_set, self._named(node, owner))

    def _field(self, node: FieldNode, owner: GraphQLNamedType | None) -> None:
        field = getattr(owner, "fields", {}).get(node.name.value)
        if owner and field:  # not so for `__typename`, `__schema` and `__type`
            self.found.add((owner.name, node.name.value))
            self.select(node.selection_set, get_named_type(field.type))

    def _named(
        self, node: FragmentDefinitionNode | InlineFragmentNode, owner: GraphQLNamedType | None
    ) -> GraphQLNamedType | None:
        condition = node.type_condition
        return self._schema.get_type(condition.name.value) if condition else owner


def _explains(place: Place) -> bool:
    return place in EXPLAINS or place[1] == REACHES
