"""What is going on, told on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, TaskID


@contextmanager
def steps(terminal: Console) -> Iterator[Callable[[str, int, int], None]]:
    """What is going on, with a bar on a terminal and a line for each step elsewhere."""
    told: dict[str, TaskID] = {}
    with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as shown:

        def step(label: str, done: int, total: int) -> None:
            if label not in told:
                told[label] = shown.add_task(label)
                if not terminal.is_terminal:
                    terminal.print(label)
            shown.update(told[label], completed=done, total=total)

        yield step
