"""What wants attention."""

import strawberry

from schema.entity import Entity
from schema.terms import WarningCode


@strawberry.type(description="Something about a thing that breaks no rule but wants attention.")
class Warning:
    code: WarningCode = strawberry.field(description="What it is.")
    message: str = strawberry.field(description="The same in one sentence.")
    about: list[Entity] = strawberry.field(description="The things it is about.")
