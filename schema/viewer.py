"""Who is asking."""

import strawberry

from graph import terms
from resolvers import desk
from schema.desk import Job, SavedView, Webhook
from schema.fields import resolved_by
from schema.staff import StaffMember
from schema.terms import Permission


@strawberry.type(description="Who is asking.")
class Viewer:
    name: str = strawberry.field(description="Name.")
    permissions: list[Permission] = strawberry.field(description="What they may do.")
    staff: StaffMember | None = resolved_by(
        desk.staff, "Their place in CBP: account manager or specialist; null for others."
    )
    saved_views: list[SavedView] = resolved_by(
        desk.saved_views,
        "Saved views of their own and those shared with all, last changed first.",
    )
    jobs: list[Job] = resolved_by(desk.jobs, "Their jobs, newest first.")
    webhooks: list[Webhook] | None = resolved_by(
        desk.webhooks,
        "Their webhooks, oldest first.",
        needs=terms.Permission.MANAGE_WEBHOOKS,
    )
