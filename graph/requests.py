"""Questions about requests for another Center."""

from collections.abc import Sequence

from graph import records, rows
from graph.errors import GraphError
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import CenterBasis, CenterChangeState

States = tuple[CenterChangeState, ...] | None


async def of_accounts(
    graph: Graph, viewer: Viewer, moment: Moment, limit: int, keys: Sequence[str]
) -> list[list[records.CenterChangeRequest]]:
    """The requests for each account, newest first."""
    seen = await reach(graph, viewer)
    found = await graph.read(
        query("request/of_accounts"), keys=seen.keys(keys), limit=limit, **moment.parameters
    )
    return _by_key(found, moment, keys)


async def of_centers(
    graph: Graph, viewer: Viewer, moment: Moment, wanted: tuple[States, int], keys: Sequence[str]
) -> list[list[records.CenterChangeRequest]]:
    """The requests to or from each Center, oldest first, only in these states if given."""
    seen = await reach(graph, viewer)
    states, limit = wanted
    question = query("request/of_centers")
    found = await graph.read(
        question,
        keys=list(keys),
        **seen.parameters(question),
        states=None if states is None else [state.value for state in states],
        limit=limit,
        **moment.parameters,
    )
    return _by_key(found, moment, keys)


async def requests(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[records.CenterChangeRequest | None]:
    """The request with each key, or None."""
    seen = await reach(graph, viewer)
    question = query("request/requests")
    found = await graph.read(
        question,
        keys=list(dict.fromkeys(keys)),
        **seen.parameters(question),
        **moment.parameters,
    )
    known = {row["key"]: _request(row["request"], moment) for row in found}
    return [known.get(key) for key in keys]


def _by_key(
    found: Sequence[rows.Row], moment: Moment, keys: Sequence[str]
) -> list[list[records.CenterChangeRequest]]:
    known = {row["key"]: [_request(each, moment) for each in row["rows"]] for row in found}
    return [known.get(key, []) for key in keys]


def _request(row: rows.Row, moment: Moment) -> records.CenterChangeRequest:
    to = _center(row["to"], moment)
    if to is None:  # the ten Centers are installed before anything names one
        raise GraphError("A request for another Center names a Center that is not there.")
    return records.CenterChangeRequest(
        stored_key=row["key"],
        moment=moment,
        account_id=row["account"],
        from_center=_center(row["from"], moment),
        to_center=to,
        state=CenterChangeState(row["state"]),
        basis=CenterBasis(row["basis"]),
        statement=row["statement"],
        requested_on=rows.native(row["requestedOn"]),
        requested_by=row["requestedBy"],
        decided_on=rows.native(row.get("decidedOn")),
        decided_by=row.get("decidedBy"),
        decision=row.get("decision"),
        appeals_id=row.get("appeals"),
        version=row.get("version", 1),
    ).at_moment()


def _center(row: rows.Row | None, moment: Moment) -> records.Center | None:
    made = rows.entity(row, moment) if row else None
    return made if isinstance(made, records.Center) else None
