"""Whether a list is read as it was known before something changed: no index has that order then."""

from graph import former
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph


async def changed_since(graph: Graph, moment: Moment) -> bool:
    """Whether anything says otherwise now than it did at the moment's record time.

    Costs one statement, and none where the moment is the present.
    """
    if not former.looks_back(moment.parameters):
        return False
    found = await graph.read(query("entity/changed_since"), knownAt=moment.known_at)
    changed: bool = found[0]["changed"]
    return changed
