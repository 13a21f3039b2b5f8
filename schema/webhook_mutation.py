"""What a client may write of webhooks."""

import strawberry

from graph.terms import Permission
from resolvers.writes import webhooks
from schema.fields import resolved_by
from schema.payload import WebhookPayload


@strawberry.type(description="What of webhooks may be written.")
class WebhookMutation:
    save_webhook: WebhookPayload | None = resolved_by(
        webhooks.save,
        "Register a webhook, or change its address, filter or activity.",
        needs=Permission.MANAGE_WEBHOOKS,
    )
    rotate_webhook_secret: WebhookPayload | None = resolved_by(
        webhooks.rotate,
        "Give a webhook a new secret; the old one signs too for 24 hours.",
        needs=Permission.MANAGE_WEBHOOKS,
    )
    ping_webhook: WebhookPayload | None = resolved_by(
        webhooks.ping, "Send a test event now.", needs=Permission.MANAGE_WEBHOOKS
    )
    redeliver_webhook: WebhookPayload | None = resolved_by(
        webhooks.redeliver, "Send a delivery again.", needs=Permission.MANAGE_WEBHOOKS
    )
    delete_webhook: WebhookPayload | None = resolved_by(
        webhooks.delete,
        "Delete a webhook and its deliveries.",
        needs=Permission.MANAGE_WEBHOOKS,
    )
