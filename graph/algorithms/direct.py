"""What is left of an organization beside the owners that are recorded, directly."""

import numpy as np

from graph.algorithms.claims import BILLION, Claims
from graph.algorithms.holdings import holdings
from graph.algorithms.recorded import Recorded


def remainder(recorded: Recorded, place: int) -> tuple[int, int]:
    """What nobody is recorded to hold of one organization: least and most, parts per billion.

    By shareholdings as they are listed: its own shares are one owner's among others, and what a
    nominee holds stays with the nominee. An undisclosed share may take all that the others leave.
    """
    claims = recorded.claims_into(place)
    claims = claims[~recorded.nominee[claims]]
    starts, owner = np.unique(recorded.start[claims], return_inverse=True)
    here = len(starts)  # the organization by another number than the owner that it may be
    held = holdings(
        Claims(
            here + 1, owner, owner, np.full(len(claims), here), recorded.low[claims],
            recorded.high[claims], recorded.disclosed[claims], recorded.interest[claims],
            recorded.source[claims],
        )
    ).economic  # fmt: skip
    least, most = BILLION - int(held.high.sum()), BILLION - int(held.low.sum())
    return max(0, least), max(0, most)
