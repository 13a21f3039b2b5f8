"""What an export was asked to write, as its job keeps it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson

from graph.policy import Viewer
from graph.records.moment import Moment
from graph.roles import Part, Reach, Role
from graph.terms import Direction, EntityKind, FileFormat, Permission
from graph.walks import Walk

DEEPEST = 10  # relationships
MOST_AROUND = 1000  # things given by id
FORMATS = (
    FileFormat.CSV,
    FileFormat.JSON_LINES,
    FileFormat.NODE_LINK_JSON,
    FileFormat.GRAPHML,
    FileFormat.GEXF,
    FileFormat.PARQUET,
    FileFormat.BODS,
)


@dataclass(frozen=True, slots=True)
class Order:
    """Which part, in which format, for whom, at which moment.

    The middle is `around`, by key, or the accounts that match `accounts`, a filter as the schema
    spells it. `cursor` is the place of that moment in the change log, sealed; None if not known.
    """

    format: FileFormat
    around: tuple[str, ...]
    accounts: Mapping[str, Any] | None
    depth: int
    walk: Walk
    moment: Moment
    viewer: Viewer
    sequence: int | None = None
    cursor: str | None = None

    @property
    def text(self) -> str:
        """As the job's node keeps it."""
        told = {
            "format": self.format,
            "around": self.around,
            "accounts": self.accounts,
            "depth": self.depth,
            "walk": _walk_told(self.walk),
            "asOf": self.moment.as_of,
            "knownAt": self.moment.known_at,
            "viewer": _viewer_told(self.viewer),
            "sequence": self.sequence,
            "cursor": self.cursor,
        }
        return orjson.dumps(told, default=sorted).decode()

    @classmethod
    def read(cls, text: str) -> "Order":
        """From what the node keeps; the moment is named, so that nothing later is read."""
        told = orjson.loads(text)
        known = datetime.fromisoformat(told["knownAt"]).astimezone(UTC)
        return cls(
            FileFormat(told["format"]),
            tuple(told["around"]),
            told["accounts"],
            told["depth"],
            _walk_read(told["walk"]),
            Moment(date.fromisoformat(told["asOf"]), known),
            _viewer_read(told["viewer"]),
            told["sequence"],
            told["cursor"],
        )


def texts(value: Any) -> Iterator[str]:
    """The texts in a filter, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)


def _walk_told(walk: Walk) -> dict[str, Any]:
    return {
        "types": walk.types,
        "direction": walk.direction,
        "through": None if walk.through is None else sorted(walk.through),
        "avoid": sorted(walk.avoid),
        "max_degree": walk.max_degree,
        "min_share": walk.min_share,
        "undisclosed": walk.undisclosed,
        "former": walk.former,
    }


def _walk_read(told: dict[str, Any]) -> Walk:
    through = told.pop("through")
    return Walk(
        types=tuple(told.pop("types")),
        direction=Direction(told.pop("direction")),
        through=None if through is None else frozenset(map(EntityKind, through)),
        avoid=frozenset(told.pop("avoid")),
        **told,
    )


def _viewer_told(viewer: Viewer) -> dict[str, Any]:
    """Who asks, with the rights they have then; never what they signed in with."""
    return {
        "id": viewer.id,
        "name": viewer.name,
        "permissions": viewer.permissions,
        "sees_all": viewer.sees_all,
        "roles": viewer.roles,
        "lacks": sorted(viewer.lacks),
        "near": [reach.name for reach in Reach if reach in viewer.near],
        "grants": sorted([right.value, reach.name] for right, reach in viewer.grants),
        "centers": sorted(viewer.centers),
    }


def _viewer_read(told: dict[str, Any]) -> Viewer:
    parts = {part.value for part in Part}
    return Viewer(
        told["id"],
        told["name"],
        tuple(map(Permission, told["permissions"])),
        sees_all=told["sees_all"],
        roles=tuple(map(Role, told["roles"])),
        lacks=frozenset(map(Part, told["lacks"])),
        near=frozenset(Reach[name] for name in told["near"]),
        grants=frozenset(
            (Part(right) if right in parts else Permission(right), Reach[name])
            for right, name in told["grants"]
        ),
        centers=frozenset(told["centers"]),
    )
