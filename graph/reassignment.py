"""What moving accounts to other managers or Centers would do; nothing is written.

The loads of everybody concerned are read account by account, the moves are applied to a copy, and
both are counted by the same function. The spread of weights is the population's standard deviation
divided by the mean, over the active managers of the Centers touched.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean, pstdev

from graph import caseloads, policy, records, risk_scores, rows
from graph.bounds import Bounds, bounds
from graph.caseloads import Facts, Load
from graph.moves import GIVEN, Move, Plan, Step, planned
from graph.policy import Viewer
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import Permission, UserErrorCode, WarningCode
from graph.warning_words import message


async def simulate(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    moves: Sequence[Move],
    *,
    parts: frozenset[str] = frozenset(),
) -> records.ReassignmentSimulation:
    """The loads before and after, what would be refused, and what would want attention.

    `parts` are those of a caseload: `figures` and `risk` are counted only if asked for.
    """
    figures = "figures" in parts
    policy.reaching(viewer, Permission.WRITE_ASSIGNMENTS)
    within = await bounds(graph, viewer, Permission.WRITE_ASSIGNMENTS)
    plan = await planned(graph, within, moment, moves)
    now = await graph.read(query("reassignment/now"), keys=sorted(plan.steps), **moment.parameters)
    from_of = {row["key"]: (row["manager"], row["center"]) for row in now}
    _already(plan, from_of)
    managers, centers, touched = _concerned(plan, from_of)
    members = await graph.read(
        query("reassignment/members"), keys=sorted(touched), **moment.parameters
    )
    balanced = {key for row in members for key in row["managers"]}
    # The accounts themselves too: one that nobody manages is in no load before it is moved.
    wanted = managers | centers | balanced | plan.steps.keys()
    loads = await caseloads.loads(graph, viewer, moment, wanted, figures=figures)
    after = _moved(loads, plan)
    homes = {plan.centers.get(step.manager or "") for step in plan.steps.values()}
    named = managers | touched | {home for home in homes if home}
    shown = await _things(graph, within, moment, plan, named)
    scores = await risk_scores.scores(graph, viewer, moment) if "risk" in parts else None
    return records.ReassignmentSimulation(
        effects=tuple(
            records.CaseloadEffect(
                shown[key],
                caseloads.counted(loads[key], figures, scores),
                caseloads.counted(after[key], figures, scores),
            )
            for key in sorted(managers | centers)
            if key in shown and key in loads
        ),
        violations=tuple(plan.violations),
        warnings=tuple(_mismatches(plan, from_of, shown)),
        imbalance_before=_imbalance(loads, balanced),
        imbalance_after=_imbalance(after, balanced),
    )


def _already(plan: Plan, from_of: dict[str, tuple[str | None, str | None]]) -> None:
    """Accounts that are where they are sent stay where they are, and it is said."""
    for key, step in list(plan.steps.items()):
        manager, center = from_of.get(key, (None, None))
        same_manager = step.manager is None or step.manager == manager
        same_center = step.center is None or step.center == center
        if same_manager and same_center:
            account = plan.things[key]
            told = f"{account.label} is there already: leave it out."
            plan.refuse(UserErrorCode.INVALID_STATE, told, "moves")
            del plan.steps[key]


def _concerned(
    plan: Plan, from_of: dict[str, tuple[str | None, str | None]]
) -> tuple[set[str], set[str], set[str]]:
    """The managers and the Centers that give or receive, and all Centers touched."""
    managers: set[str] = set()
    centers: set[str] = set()
    touched: set[str] = set()
    for key, step in plan.steps.items():
        manager, center = from_of.get(key, (None, None))
        if step.manager:
            managers |= {each for each in (step.manager, manager) if each}
        if step.center:
            centers |= {each for each in (step.center, center) if each}
        if center:
            touched.add(center)
    return managers, centers, centers | touched


def _moved(loads: dict[str, Load], plan: Plan) -> dict[str, Load]:
    """The loads with every step taken."""
    facts = {one.key: one for load in loads.values() for one in load.accounts}
    moved = {key: _step(facts[key], step) for key, step in plan.steps.items() if key in facts}
    after: dict[str, Load] = {}
    for key, load in loads.items():
        others = [one for one in load.accounts if one.key not in moved]
        mine = [one for one in moved.values() if _belongs(one, load)]
        after[key] = replace(load, accounts=[*others, *mine])
    return after


def _step(one: Facts, step: Step) -> Facts:
    if step.manager:
        managers = (one.managers - {one.primary}) | {step.manager}
        one = replace(one, primary=step.manager, managers=frozenset(managers))
    return replace(one, center=step.center) if step.center else one


def _belongs(one: Facts, load: Load) -> bool:
    return one.center == load.key if load.whole else load.key in one.managers


async def _things(
    graph: Graph, within: Bounds, moment: Moment, plan: Plan, keys: set[str]
) -> dict[str, records.Entity]:
    """The managers and Centers to show; those the moves name are known already."""
    missing = sorted(keys - plan.things.keys())
    found = (
        await graph.read(
            GIVEN,
            keys=missing,
            leaving=[],
            most=0,
            **within.seen.parameters(GIVEN),
            **moment.parameters,
        )
        if missing
        else []
    )
    plan.centers |= {row["key"]: row["center"] for row in found}
    return {**plan.things, **{row["key"]: rows.entity(row["thing"], moment) for row in found}}


def _mismatches(
    plan: Plan,
    from_of: dict[str, tuple[str | None, str | None]],
    shown: dict[str, records.Entity],
) -> list[records.Warning]:
    """Accounts that would be at another Center than their primary manager."""
    found = []
    for key, step in sorted(plan.steps.items()):
        manager, center = from_of.get(key, (None, None))
        manager, center = step.manager or manager, step.center or center
        home = plan.centers.get(manager or "")
        if manager and center and home and home != center:
            about = tuple(shown[each] for each in (center, manager, home) if each in shown)
            if len(about) == 3:
                told = message(WarningCode.CENTER_MISMATCH, about, [])
                account = plan.things[key]
                told = f"{account.label}: {told}"
                found.append(records.Warning(WarningCode.CENTER_MISMATCH, told, (account, *about)))
    return found


def _imbalance(loads: dict[str, Load], managers: set[str]) -> float:
    """Spread of weights; 0 where nobody or nothing is to be weighed."""
    weights = [
        caseloads.counted(loads[key], False, None).weight for key in managers if key in loads
    ]
    mean = fmean(weights) if weights else 0.0
    return pstdev(weights) / mean if mean else 0.0
