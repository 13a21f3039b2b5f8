"""Write the schema that clients may rely on from a release on, without its descriptions.

`python scripts/baseline.py`: `make conformance` then fails for whatever is taken from it.
"""

from pathlib import Path
from typing import Any

from graphql import Node, parse, print_ast

ROOT = Path(__file__).parents[1]
SDL = ROOT / "docs" / "schema.graphql"
RELEASED = ROOT / "tests" / "conformance" / "released.graphql"
HEAD = "# The schema of the last release (before the first: of 2026-11-26). See `make baseline`.\n"


def undescribed(node: Any) -> Any:
    """The same without descriptions, at any depth."""
    if isinstance(node, list | tuple):
        return type(node)(map(undescribed, node))
    if isinstance(node, Node):
        kept = {name: undescribed(getattr(node, name)) for name in node.keys if name != "loc"}
        return type(node)(**{**kept, **({"description": None} if "description" in kept else {})})
    return node


def main() -> None:
    """Replace the file."""
    bare = undescribed(parse(SDL.read_text(encoding="utf-8")))
    RELEASED.write_text(HEAD + print_ast(bare) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
