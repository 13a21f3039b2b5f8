"""What stands between a document and its execution, over any schema."""
