"""Who is asking."""

import strawberry

from schema.terms import Permission


@strawberry.type(description="Who is asking.")
class Viewer:
    name: str = strawberry.field(description="Name.")
    permissions: list[Permission] = strawberry.field(description="What they may do.")
