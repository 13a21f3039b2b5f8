"""Mutations turned into commands: what they are given, and what they answer."""
