"""Side by side runs: the product and what a user would run instead, on the same database."""
