"""Which relationships a walk may follow, and the things it starts from."""

from collections.abc import Sequence

import strawberry

from graph.errors import BadInput
from graph.records.moment import Moment
from graph.terms import Direction, EntityKind, RelationshipType
from graph.walks import USUAL, Walk
from resolvers.arguments import key_of
from resolvers.context import Context
from resolvers.filters import given, keys, none, words
from resolvers.scalars import Percent

THINGS = (
    "Account",
    "ImporterNumber",
    "FilerCode",
    "Party",
    "AccountManager",
    "Specialist",
    "Discipline",
    "Center",
    "HtsChapter",
    "Port",
    "IsaParticipation",
    "RiskFlag",
    "Issue",
    "Strategy",
    "SharedAttribute",
)
MOST_DEGREE = 100_000


@strawberry.input(description="Which relationships may be walked, and past what.")
class WalkInput:
    """What a walk may follow."""

    relationship_types: list[RelationshipType] | None = given(
        "Only these types; all but reference data (SCOPE_OF, MEMBER_OF, PRACTISES) if not given."
    )
    direction: Direction = strawberry.field(
        default=Direction.EITHER, description="Which way to follow them."
    )
    through: list[EntityKind] | None = given("Only through things of these kinds.")
    avoid: list[strawberry.ID] | None = given("Not through these things, by global id.")
    max_degree: int | None = given(
        "Not through things with more relationships than this, except the ends: keeps registered"
        " agents and large brokers from joining everyone."
    )
    min_share: Percent = strawberry.field(
        default=Percent(0),
        description="Follow OWNS only from this share up, percent; a range counts by its upper"
        " bound.",
    )
    include_undisclosed: bool = strawberry.field(
        default=True, description="Follow OWNS whose share is not disclosed."
    )
    include_former: bool = strawberry.field(
        default=False, description="Also follow relationships that ended before the moment."
    )


def walk_of(context: Context, wanted: WalkInput | None) -> Walk:
    """What may be walked, with keys. Raises BadInput, which names the field."""
    if wanted is None:
        return Walk()
    through = words(wanted.through, "walk.through")
    most = none(wanted.max_degree)
    if most is not None and not 1 <= most <= MOST_DEGREE:
        raise BadInput(f"Field 'walk.maxDegree' must be between 1 and {MOST_DEGREE}.")
    return Walk(
        types=words(wanted.relationship_types, "walk.relationshipTypes") or USUAL,
        direction=wanted.direction,
        through=None if through is None else frozenset(map(EntityKind, through)),
        avoid=frozenset(keys(context, wanted.avoid, "walk.avoid", THINGS) or ()),
        max_degree=most,
        min_share=wanted.min_share,
        undisclosed=wanted.include_undisclosed,
        former=wanted.include_former,
    )


def things_of(
    context: Context, ids: Sequence[tuple[str, str]], at: Moment
) -> tuple[list[str], Moment]:
    """The keys behind global ids, each beside its argument, and the one moment to read at.

    A moment given wins over those the ids carry. Raises BadInput, also where they carry several.
    """
    found = [key_of(context, id_, THINGS, argument, at) for argument, id_ in ids]
    moments = {moment.suffix: moment for _, moment in found if moment.suffix}
    if len(moments) > 1:
        raise BadInput(
            f"Argument '{ids[-1][0]}': the ids carry different moments. Give 'moment', which"
            " holds for all of them."
        )
    return [key for key, _ in found], next(iter(moments.values()), at)


def several(ids: Sequence[str], most: int, argument: str) -> list[tuple[str, str]]:
    """Distinct ids beside their argument. Raises BadInput for none or too many."""
    if not 1 <= len(ids) <= most:
        raise BadInput(f"Argument '{argument}' takes 1 to {most} ids.")
    return [(argument, id_) for id_ in dict.fromkeys(ids)]
