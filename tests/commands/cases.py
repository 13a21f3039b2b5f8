"""Tables of bad input: what is wrong with a command, and what it must be refused for.

Each table is known by its mutation, so that one test can count the cases of all of them, and see
that every field is tried.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import pytest

Case = tuple[dict[str, object], list[tuple[str, str]]]
"""What differs from a good input, and the code and the path of each reason."""
COUNTED: Counter[str] = Counter()
TRIED: defaultdict[str, set[str]] = defaultdict(set)
"""The fields that cases of a mutation are refused for, in nested inputs the innermost."""


def cases(mutation: str, table: Sequence[Case]) -> pytest.MarkDecorator:
    """A test of each case of a mutation, with the arguments `more` and `wrong`."""
    COUNTED[mutation] += len(table)
    paths = [path.split(".") for _, wrong in table for _, path in wrong]
    TRIED[mutation] |= {part for path in paths for part in path if not part.isdigit()}
    return pytest.mark.parametrize(("more", "wrong"), table)


def told(wrong: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The reasons with the paths that an answer gives."""
    return [(code, f"input.{path}") for code, path in wrong]
