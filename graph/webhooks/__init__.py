"""Webhooks: the change log sent to addresses of callers, signed (docs/adr/0048).

One server at a time sends, under a lease. What is to be sent is stored before it is sent, and what
came of it after: whatever ends between the two is sent again under the same `webhook-id`.
"""

from graph.webhooks.addresses import HTTPS as HTTPS
from graph.webhooks.addresses import Receivers as Receivers
from graph.webhooks.webhooks import Webhooks as Webhooks
