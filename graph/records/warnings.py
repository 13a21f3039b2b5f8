"""What wants attention, though it breaks no rule."""

from dataclasses import dataclass

from graph.records.entity import Entity
from graph.terms import WarningCode


@dataclass(frozen=True, slots=True)
class Warning:
    """Something about a thing that wants attention, in one sentence, with the things concerned."""

    code: WarningCode
    message: str
    about: tuple[Entity, ...] = ()
