"""What the migration files make of an empty graph."""
