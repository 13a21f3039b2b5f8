"""Answers cut to the accounts in reach."""
