"""An enum of the graph as GraphQL shows it."""

from enum import Enum
from typing import Any

import strawberry


def words(cls: type[Enum], description: str, **texts: str) -> Any:
    """An enum of the graph, with its description and one for each of its values."""
    made: Any = strawberry.enum(cls, description=description)
    values = {value.name: value for value in made.__strawberry_definition__.values}
    assert values.keys() == texts.keys(), values.keys() ^ texts.keys()  # nothing undescribed
    for name, text in texts.items():
        values[name].description = text
    return made
