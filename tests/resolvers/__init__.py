"""Requests through every layer, against a real database."""
