"""Own risk: what a thing's own flags come to."""

from collections import defaultdict
from collections.abc import Iterable


def own_risk(flags: Iterable[tuple[str, float]]) -> float:
    """Own risk from the kinds and severities of flags, from 0 to 1.

    The strongest severity within a kind counts; kinds combine as 1 - product of (1 - severity).
    """
    strongest: defaultdict[str, float] = defaultdict(float)
    for kind, severity in flags:
        strongest[kind] = max(strongest[kind], severity)
    own = 0.0
    for severity in strongest.values():
        own += severity - own * severity  # 1 - (1 - own)(1 - severity), exact for the first
    return own
