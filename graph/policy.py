"""Who may see what: every question takes its viewer here before it is asked.

Only the development viewer exists yet, and sees all; whoever else asks is refused. The roles of the
program and what each may see join this table, and nothing above it has to change.
"""

from dataclasses import dataclass

from graph.errors import Forbidden, Unauthenticated
from graph.records.changes import Change
from graph.terms import Permission


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking. `sees_all` is the development viewer's; `expires` is a Unix time or None."""

    id: str
    name: str
    permissions: tuple[Permission, ...]
    sees_all: bool = False
    expires: float | None = None


DEVELOPMENT = Viewer("development", "Development viewer", tuple(Permission), sees_all=True)


def admit(viewer: Viewer | None) -> Viewer:
    """The viewer, if they may ask questions at all. Raises Unauthenticated or Forbidden."""
    if viewer is None:
        raise Unauthenticated("You may not ask this without signing in. Send a bearer token.")
    if not viewer.sees_all:
        raise Forbidden("You may not ask this. Sign in as somebody who may.")
    return viewer


def require(viewer: Viewer | None, permission: Permission) -> None:
    """Raises Forbidden unless the viewer has the permission: decided before any data is read."""
    if permission not in admit(viewer).permissions:
        raise Forbidden(f"This field needs the permission {permission.value}.")


def may_see_event(viewer: Viewer | None, change: Change) -> bool:  # noqa: ARG001
    """Whether a change may be told to the viewer; asked anew for each event of a stream."""
    return viewer is not None and viewer.sees_all and Permission.SUBSCRIBE in viewer.permissions
