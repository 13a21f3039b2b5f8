"""What a developer runs: `python -m scripts.NAME`."""
