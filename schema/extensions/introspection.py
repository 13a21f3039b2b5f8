"""Who may read the schema from the server."""

from typing import Any

from schema.extensions.errors import UNAUTHENTICATED, Refused


def hidden(introspects: bool, context: Any) -> Refused | None:
    """Why `__schema` and `__type` are not answered to this caller."""
    if introspects and getattr(context, "viewer", None) is None:
        return Refused("Introspection is for signed-in callers.", UNAUTHENTICATED)
    return None
