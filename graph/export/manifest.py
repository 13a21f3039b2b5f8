"""What an export tells of itself: what was asked, when it holds, how complete it is."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from graph import records
from graph.again import moment_variables, spelt, walk_variables
from graph.export.forms import About
from graph.export.order import Order
from graph.roles import VERSION

FORMAT = "account-graph-export/1"
DOCUMENT = "mutation ($input: StartExportInput!) { startExport(input: $input) { job { id } } }"


def about(order: Order, completeness: records.Completeness, counts: Mapping[str, int]) -> About:
    """All but the digest of the file itself."""
    asked = request(order)
    told = {
        "manifest": FORMAT,
        "product": {"name": "Account Graph", "version": product()},
        "policyVersion": VERSION,
        "request": asked,
        "completeness": {
            "state": completeness.state.value,
            "reason": completeness.reason,
            "hint": completeness.hint,
            "exploredNodes": completeness.explored_nodes,
            "exploredEdges": completeness.explored_edges,
        },
        "counts": dict(counts),
        "reproduction": "Run `document` with the request and this moment as its input.",
        "document": DOCUMENT,
    }
    moment = {**moment_variables(order.moment), "cursor": order.cursor}
    return About(told, moment)


def whole(about: About, file: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest beside a file: the same, with what the file is."""
    asked = about.told["request"]
    clocks = {name: about.moment[name] for name in ("asOf", "knownAt")}
    variables = {"input": {**asked, "moment": clocks}}
    return {**about.told, "variables": variables, "moment": about.moment, "file": file}


def request(order: Order) -> dict[str, Any]:
    """What was asked for, as the mutation takes it, without the moment."""
    middle: dict[str, Any] = {"around": spelt(order.around)}
    if order.accounts is not None:
        middle = {"accounts": order.accounts}
    walk = walk_variables(order.walk)
    return {"format": order.format.value, **middle, "depth": order.depth, "walk": walk}


@cache
def product() -> str:
    """The version of this product that is installed."""
    try:
        return version("account-graph")
    except PackageNotFoundError:
        return "unknown"
