"""Who asks both databases, and what is hidden from whom."""

from dataclasses import replace

from graph.policy import Viewer
from graph.roles import Role
from tests.alike.program import DIFFERENCES, Difference
from tests.graph.cedar import NORTH, Caller
from tests.matrix import asking
from tests.matrix.judging import Person

FAR = {"else", "nowhere"}
PEOPLE = [
    person
    if person.name != "INTEGRATOR of a Center"
    else replace(
        person,
        caller=Caller((Role.INTEGRATOR,), registered=asking.EVERY, centers=frozenset({NORTH})),
    )
    for person in asking.PEOPLE
    if person.name not in ("DEVELOPMENT", "INTEGRATOR", "TRADE_OWNER where they are off")
]
STAFF = {Role.ACCOUNT_MANAGER, Role.CENTER_DIRECTOR, Role.SPECIALIST}


def _viewer(person: Person) -> Viewer:
    """Managers and specialists are the same person, in turn; all others have a name."""
    viewer = asking.viewer(person)
    return viewer if STAFF & set(person.caller.roles) else replace(viewer, id=f"the {person.name}")


VIEWERS = {person.name: _viewer(person) for person in PEOPLE}


def hidden(person: Person, difference: Difference) -> bool:
    """Whether this fact is hidden from them, by the words of the policy."""
    lacks = bool(difference.right) and not person.may(difference.right)
    return lacks or not (difference.open or FAR & person.seen)


def from_whom(difference: Difference) -> list[Person]:
    """Everybody from whom it is hidden."""
    return [person for person in PEOPLE if hidden(person, difference)]


def of(person: Person) -> list[Difference]:
    """Everything that is hidden from them."""
    return [one for one in DIFFERENCES if hidden(person, one)]
