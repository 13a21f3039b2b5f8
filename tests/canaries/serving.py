"""The console script with everything logged: `python -m tests.canaries.serving serve …`.

It leaks the numbers of PLANTED at each level of the log and in the metrics. It is patient and plans
no statement ahead, and its database starts as those of the other tests do: on a busy machine what
is pushed would run out of its time, and be tried no further.
"""

import logging
import os
from dataclasses import replace
from functools import partial
from typing import Any, Literal

import structlog

import server
import transport
from callers import Callers, doors
from config import Config
from graph import opening, warm, warm_writes
from graph.local import start_local
from graph.session import PATIENT, connect
from transport import logs

LEVELS = (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL)
PLANTED = "PLANTED"
"""The variable of the numbers, by commas: one for each level, and one for the metrics."""


def _everything(form: Literal["json", "console"]) -> None:
    """Log as the product does, but at every level, of every library."""
    logs.configure(form, logging.DEBUG)
    logging.getLogger().setLevel(logging.DEBUG)
    for level, number in zip(LEVELS, _planted(), strict=False):
        structlog.get_logger("transport.planted").log(level, f"It was {number}.")


def _planted() -> list[str]:
    return os.environ[PLANTED].split(",")


def _counted(request: Any) -> dict[str, float]:
    return {**NUMBERS(request), "of_" + _planted()[-1].replace("-", "_"): 1.0}


def _patient(config: Config, callers: Callers, buckets: transport.Buckets) -> transport.Doors:
    return replace(DOORS(config, callers, buckets), deadline=PATIENT)


async def _nothing(*_: object) -> int:
    return 0


NUMBERS, DOORS = server._numbers, doors

if __name__ == "__main__":
    import cli

    vars(server).update(
        configure=_everything,
        _numbers=_counted,
        doors=_patient,
        connect=partial(connect, seconds=PATIENT),
    )
    vars(warm).update(warm=_nothing)
    vars(warm_writes).update(after=_nothing)
    vars(opening).update(start_local=partial(start_local, quick=True))
    cli.main()
