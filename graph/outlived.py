"""What goes on for as long as a server does must outlive whatever one turn of it meets."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

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
