"""The pages in a real browser; needs Chromium, so it is not part of `make test`."""
