"""What bounds each walk, in the words of its field's description: made of the numbers that bind.

The contract's description comes first; a test holds that nothing else is added (ADR 15).
"""

from graph.algorithms.chains import BUDGET
from graph.algorithms.upstream import MOST
from graph.blocked import CHAINS, COUNTED, EACH
from graph.comparisons import MOST_EACH as COMPARED_EACH
from graph.comparisons import MOST_NODES as COMPARED_NODES
from graph.connections import MOST_STEPS
from graph.neighborhoods import MOST_CLAIMS, MOST_HUBS
from graph.rounds import MOST_EACH, MOST_EDGES, MOST_NODES, SECONDS

WALK = (
    f"Bounds: on one level at most {MOST_NODES:,} things are opened, with {MOST_EDGES:,}"
    f" relationships together; a thing with more than {MOST_EACH:,} of the types and the direction"
    f" walked is not opened; no level is begun after {SECONDS:g} seconds."
)
ABOVE = f"Bounds: at most {MOST:,} parties above it are seen, the nearest ones"
SEARCH = f"the search for chains ends after {BUDGET:,} beginnings of chains."
BOUNDS = {
    "shortestPaths": f"{WALK} Paths are put together from at most {MOST_STEPS:,} steps.",
    "reachable": WALK,
    "neighborhood": (
        f"{WALK} At most {MOST_CLAIMS:,} relationships are shown; among things with very many,"
        f" they are looked for between at most {MOST_HUBS}."
    ),
    "comparison": (
        f"Bounds: at most {COMPARED_NODES:,} things on one level, and {COMPARED_EACH:,}"
        " relationships of each."
    ),
    "ultimateOwners": f"{ABOVE}; of each owner's paths, {SEARCH}",
    "effectiveOwnership": f"{ABOVE}.",
    "controllingGroup": f"{ABOVE}.",
    "blockedStatus": (
        f"{ABOVE}; at most {COUNTED} relationships counted and {CHAINS} chains are told, {EACH}"
        " from one party."
    ),
    "ownershipPaths": f"{ABOVE}; {SEARCH}",
    "ownershipCycles": f"{ABOVE}; {SEARCH}",
}
"""By the field's name in the schema. What is cut is told in `completeness`."""


def bounded(field: str, description: str) -> str:
    """The description of a walk's field, with its bounds."""
    return f"{description} {BOUNDS[field]}"
