"""Social security numbers pushed in everywhere and looked for everywhere."""
