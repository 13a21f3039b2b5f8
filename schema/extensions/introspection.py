"""Who may read the schema from the server."""

from typing import Any

from graph.disclosure import Disclosure
from schema.extensions.errors import UNAUTHENTICATED, Refused


def disclosed(context: Any) -> Disclosure:
    """What this operation's caller may learn; of a context that does not tell, the viewer does."""
    told: Disclosure | None = getattr(context, "disclosure", None)
    viewer = getattr(context, "viewer", None)
    return told or Disclosure(viewer is not None and not getattr(viewer, "owner", False))


def hidden(introspects: bool, context: Any) -> Refused | None:
    """Why `__schema` and `__type` are not answered to this caller."""
    if not introspects or disclosed(context).introspection:
        return None
    if getattr(context, "viewer", None) is None:
        return Refused("Introspection is for signed-in callers.", UNAUTHENTICATED)
    return Refused("Introspection is not for your role.", "FORBIDDEN")
