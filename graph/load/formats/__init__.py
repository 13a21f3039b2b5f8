"""Formats: how the rows of a file are found; what they mean is told by their content."""
