"""Pure functions over plain graphs: definitions and vectors are in docs and tests."""
