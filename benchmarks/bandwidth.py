"""What share of the machine's memory bandwidth a walk over arcs uses, measured in the same run."""

from time import process_time

import numpy as np

from graph.algorithms.labels import Labels
from graph.algorithms.risk_arcs import RiskArcs

NUMBERS = 8_000_000  # in each of three arrays: more than caches hold
BYTES = 28  # of an arc that is looked at: its end, what it leaves, its cost; the worst cost there


def triad(times: int = 5) -> float:
    """Bytes a second of `a = b + s * c`, by numpy in one thread, the best of some.

    It is two passes: c is read and a written, then a and b are read and a written.
    """
    a, b, c = (np.ones(NUMBERS) for _ in range(3))
    least = np.inf
    for _ in range(times):
        started = process_time()
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)
        least = min(least, process_time() - started)
    return 5 * a.nbytes / least


def looked_at(arcs: RiskArcs, found: Labels) -> int:
    """Bytes of all arcs that a full run looks at: those of a thing once for each of its labels."""
    outward = np.diff(arcs.first).astype(np.int64)
    labels = found.number + (found.seeds >= found.floor)
    return int((outward * labels).sum()) * BYTES
