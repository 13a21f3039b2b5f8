"""What people write: each command is one unit of work that checks every rule, or writes nothing.

Commands make the same rows as files do and give them to the loader's writer (docs/adr/0018), with
their own checks before and the memory of their idempotency key after, in the same transaction.
"""
