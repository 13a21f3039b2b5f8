"""What an operation reads that is accounted for: guarded fields, and explanations of risk."""

from dataclasses import dataclass

from graphql import GraphQLSchema

from schema.extensions.rights import Place, rights_of
from schema.extensions.selected import Parts

EXPLAINS = frozenset({("Risk", "chains"), ("Risk", "counterfactual")})
REACHES = "riskReach"  # of whatever carries risk


@dataclass(frozen=True, slots=True)
class Uses:
    """Permissions that its fields need, and the fields that explain risk, both in order."""

    rights: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()


def uses(schema: GraphQLSchema, parts: Parts) -> Uses:
    """What an operation uses that selects these."""
    places = {told.place for told in parts.every()}
    needs = rights_of(schema).needs
    return Uses(
        tuple(sorted({needs[place].value for place in places if place in needs})),
        tuple(sorted({place[1] for place in places if _explains(place)})),
    )


def _explains(place: Place) -> bool:
    return place in EXPLAINS or place[1] == REACHES
