"""The manifest of a folder's documents: what a release of a client asks, and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path

from schema.extensions.guarded import Schema
from transport.trusted import document_id


def manifest(schema: Schema, folder: Path, say: Callable[[str], object]) -> str:
    """The valid `.graphql` files of a folder as JSON by their ids; says which are left out."""
    made = {}
    for file in sorted(folder.glob("*.graphql")):
        text = file.read_text(encoding="utf-8")
        if errors := schema.documents.read(text).errors:
            say(f"{file.name} is left out: {errors[0].message}")
        else:
            made[document_id(text)] = text
    return json.dumps(made, indent=1) + "\n"
