"""What goes on for as long as a server does must outlive whatever one turn of it meets."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import GraphError


@contextmanager
def outlived(log: logging.Logger, told: str) -> Iterator[None]:
    """An error ends this block, is logged in these words, and nothing else."""
    try:
        yield
    except GraphError as error:
        log.warning(told, extra={"fault": error.code})
    except Exception:  # a fault of ours, or of a library
        log.exception(told)


def fault(error: Exception) -> dict[str, str]:
    """What the log tells of a fault of ours: its kind and place, never its words."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return {"fault": type(error).__name__, "where": where}
