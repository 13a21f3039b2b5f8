"""The accounts in the middle of an export that are given by a filter."""

from graph import account_lists
from graph.account_search import search
from graph.clock import CLOCK
from graph.export.order import Order
from graph.former import LATELY
from graph.lists import Window
from graph.policy import Viewer
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import AccountOrder, Permission

PAGE = 1000


async def middle(graph: Graph, viewer: Viewer, order: Order, most: int) -> list[str]:
    """The accounts that match and are in reach, up to one more than so many."""
    seen = await reach(graph, viewer, Permission.EXPORT)
    if order.accounts is None:
        return list(order.around)
    at = order.moment
    if CLOCK.now() - at.known_at > LATELY:
        at = Moment.given(at.as_of, at.known_at, at)  # what was recorded since does not count
    wanted = await search(graph, viewer, at, order.accounts)
    found: list[str] = []
    window = Window(PAGE)
    while len(found) <= most:
        [page] = await account_lists.pages(
            graph, viewer, at, wanted, AccountOrder.NAME_ASC, [window]
        )
        entries = page.entries[:PAGE]
        found += [each.node.stored_key for each in entries if seen.sees(each.node.stored_key)]
        if len(page.entries) <= PAGE:
            break
        window = Window(PAGE, after=entries[-1].sort)
    return found[: most + 1]
