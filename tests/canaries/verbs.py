"""Verbs of the console script one after the other in one process, as JSON on standard input.

The last line printed has their exit codes.
"""

import json
import sys

import cli
import verbs


def code(words: list[str]) -> int:
    """How one ends."""
    sys.argv = ["account-graph", *words]
    verbs.called.clear()
    verbs.asked.clear()
    try:
        cli.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    codes = [code(words) for words in json.load(sys.stdin)]
    sys.stdout.write("\n" + json.dumps(codes) + "\n")
