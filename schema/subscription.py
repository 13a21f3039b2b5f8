"""What a client may follow."""

import strawberry

from graph.terms import Permission
from resolvers import feed, job_progress
from schema.change import ChangeEvent
from schema.desk import Job
from schema.fields import streamed_by


@strawberry.type(
    description=(
        "The account graph, as it changes. Delivered at least once, in order for each account,"
        " over WebSocket (graphql-transport-ws) and server-sent events."
    )
)
class Subscription:
    changes: ChangeEvent = streamed_by(
        feed.changes,
        (
            "Every change after a cursor, then as they happen. Permissions are checked anew for"
            " each event."
        ),
        needs=Permission.SUBSCRIBE,
    )
    job_progress: Job = streamed_by(
        job_progress.job_progress, "A job, at each step of its progress, until it is finished."
    )
