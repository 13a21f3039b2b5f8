"""Codes of Centers and disciplines in arguments, checked before anything is read."""

from collections.abc import Sequence
from typing import Annotated

import strawberry
from strawberry.dataloader import DataLoader

from graph import centers_names, discipline_codes, records
from graph.errors import BadInput

MOST = 100
Centers = Annotated[
    list[str] | None,
    strawberry.argument(description="Only members of these Centers, by code or name."),
]
Disciplines = Annotated[
    list[str] | None,
    strawberry.argument(description="Only of these disciplines, by code."),
]


def center_codes(given: Sequence[str] | None, argument: str = "centers") -> tuple[str, ...] | None:
    """The codes of Centers named by code or any accepted spelling. Raises BadInput."""
    if given is None:
        return None
    filled(given, argument)
    found = [centers_names.resolve(name) for name in given]
    if None in found:
        raise BadInput(
            f"Argument '{argument}' holds a name that no Center has. Give CEE001 to CEE010, or a"
            " name from 'centers'."
        )
    return tuple(sorted({code for code in found if code}))


def disciplines_of(
    given: Sequence[str] | None, argument: str = "disciplines"
) -> tuple[str, ...] | None:
    """The codes of disciplines. Raises BadInput, which tells the accepted ones."""
    if given is None:
        return None
    filled(given, argument)
    return tuple(sorted({discipline_of(code, argument) for code in given}))


def discipline_of(given: str, argument: str = "discipline") -> str:
    """One discipline's code. Raises BadInput, which tells the accepted ones."""
    code = given.strip().upper()
    if code not in discipline_codes.codes():
        known = ", ".join(discipline_codes.codes())
        raise BadInput(f"Argument '{argument}' names no discipline. Give one of {known}.")
    return code


async def coded(
    terms: DataLoader[str, records.Term | None],
    vocabulary: str,
    given: Sequence[str] | None,
    argument: str,
) -> None:
    """Raises BadInput for codes that a vocabulary never had: nothing would be found by them."""
    found = await terms.load_many([f"Term:{vocabulary}.{code}" for code in given or ()])
    if None in found:
        raise BadInput(
            f"Argument '{argument}' holds a code that the vocabulary {vocabulary} does not have."
            " Take codes from 'vocabulary'."
        )


def filled(given: Sequence[object], argument: str) -> None:
    """Raises BadInput for a list that asks for nothing or for too much."""
    if not 1 <= len(given) <= MOST:
        raise BadInput(
            f"Argument '{argument}' takes 1 to {MOST} values; leave it out for no restriction."
        )
