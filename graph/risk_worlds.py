"""The network of a hypothetical world: what risk would walk on, were a scenario recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from graph import records
from graph.algorithms.claims import BILLION, Flags
from graph.algorithms.network import TYPES, UNDISCLOSED, Link, Network
from graph.errors import BadInput
from graph.flags import Flag
from graph.records.moment import Moment
from graph.records.paths import PERCENT
from graph.risk_network import RiskNetwork
from graph.risk_scores import moved_to
from graph.scenarios import Imagined, Scenario, beyond, imagined_claim
from graph.terms import RelationshipType


@dataclass(frozen=True)
class RiskWorld:
    """A network, and what of it is imagined: claims by id, flags by key."""

    network: RiskNetwork
    imagined: Mapping[str, tuple[records.Relationship, Imagined]]
    raised: Mapping[str, Flag]


def risk_world(now: RiskNetwork, scenario: Scenario | None, moment: Moment) -> RiskWorld:
    """The network with a scenario's changes, if there is one. Raises BadInput."""
    if scenario is None:
        return RiskWorld(now, {}, {})
    _check(now, scenario)
    ended = now.network.without(ids=[claim.business_id for claim in scenario.end])
    imagined = {f"scenario.{at}": each for at, each in enumerate(scenario.record, 1)}
    links = [
        _link(now, scenario, id_, each)
        for id_, each in imagined.items()
        if each.type.value in TYPES
    ]
    things = {
        thing.stored_key: _label(thing)
        for each in scenario.record
        for thing in (each.start, each.end)
    }
    raised = _raised(scenario)
    kept = [flag for flag in now.flags if flag.key not in scenario.resolved]
    edited = ended.edited(sorted(things.items()), links)
    network = RiskNetwork(
        now.place,
        now.known_at,
        0.0,
        edited,
        (*kept, *raised.values()),
        now.policies,
        earlier=now.known(),
        beside=_beside(now, edited),
    )
    counted = {link.id: link for link in links}
    claims = {
        id_: (_told(imagined_claim(id_, each, moment), counted.get(id_)), each)
        for id_, each in imagined.items()
    }
    return RiskWorld(network, claims, raised)


def _beside(now: RiskNetwork, after: Network) -> Flags | None:
    """Which things have something hidden next to them, where they stand then."""
    if now.beside is None:
        return None
    found: Flags = np.zeros(after.size, np.bool_)
    found[moved_to(now.network, after)] = now.beside
    return found


def _told(claim: records.Relationship, link: Link | None) -> records.Relationship:
    """The imagined claim; where it adds to a holding, with the share that is counted."""
    share = claim.share
    if share is None or link is None or (link.low, link.high) == (share.min, share.max):
        return claim
    if link.high == UNDISCLOSED:
        return claim
    low, high = (f"{parts / PERCENT:g}" for parts in (link.low, link.high))
    counted = low if low == high else f"{low} to {high}"
    return replace(
        claim, reason=f"Counted as {counted} percent, with what the owner holds already."
    )


def _raised(scenario: Scenario) -> dict[str, Flag]:
    """Imagined flags by an id of their own. Raises BadInput for one without severity."""
    found = {}
    for at, (subject, kind, severity) in enumerate(scenario.raised):
        if severity is None:
            raise BadInput(
                f"Argument 'scenario.raise[{at}].severity' is needed: the policy has no default"
                " for this kind. Give a number from 0 to 1."
            )
        key = f"scenario.{at + 1}"
        found[key] = Flag(key, subject, kind, severity)
    return found


def _check(now: RiskNetwork, scenario: Scenario) -> None:
    """Raises BadInput where one owner would hold more than all."""
    sums: dict[tuple[str, str], int] = {}
    gone = {claim.business_id for claim in scenario.end}
    for at, each in enumerate(scenario.record):
        pair = each.start.stored_key, each.end.stored_key
        if each.type is RelationshipType.OWNS and each.share:
            held = sums.get(pair, now.network.largest(*pair, gone)[0])
            sums[pair] = held + each.share.min
            if sums[pair] > BILLION:
                raise BadInput(beyond(at))


def _link(now: RiskNetwork, scenario: Scenario, id_: str, each: Imagined) -> Link:
    """The claim; an imagined holding adds to the largest that the owner keeps."""
    start, end = each.start.stored_key, each.end.stored_key
    low, high = (each.share.min, each.share.max) if each.share else (0, UNDISCLOSED)
    if each.type is RelationshipType.OWNS and each.share:
        gone = {claim.business_id for claim in scenario.end}
        held = now.network.largest(start, end, gone)
        low, high = min(BILLION, low + held[0]), min(BILLION, high + max(0, held[1]))
    return Link(id_, each.type.value, start, end, low, high)


def _label(thing: records.Entity) -> str:
    """The label by which the network knows a thing."""
    return next(label for label, kind in records.RECORDS.items() if isinstance(thing, kind))
