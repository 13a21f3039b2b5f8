"""Who may read the schema from the server."""

from typing import Any

from graph.disclosure import Disclosure
from schema.extensions.errors import UNAUTHENTICATED, Refused


def disclosed(context: Any) -> Disclosure:
    """What this operation's caller may learn; of a context that does not tell, the viewer does."""
    told: Disclosure | None = getattr(context, "disclosure", None)
    return told or Disclosure(getattr(context, "viewer", None) is not None)


def hidden(introspects: bool, context: Any) -> Refused | None:
    """Why `__schema` and `__type` are not answered to this caller."""
    viewer = getattr(context, "viewer", None)
    owner = getattr(viewer, "owner", False)  # whatever the settings say
    if not introspects or (disclosed(context).introspection and not owner):
        return None
    if viewer is None:
        return Refused("Introspection is for signed-in callers.", UNAUTHENTICATED)
    return Refused("Introspection is not for your role.", "FORBIDDEN")
