"""What a process has done before the first verb: little, since users wait for it."""

import json
import subprocess
import sys

from tests.processes import ROOT

HEAVY = ("numba", "scipy", "jgo", "opentelemetry.sdk")  # loaded when first needed
STARTED = f"""
import gc, json, sys
import cli, start
cli.main = lambda: print(json.dumps([gc.isenabled(), [n for n in {HEAVY} if n in sys.modules]]))
start.main()
"""


def test_a_start_loads_no_library_that_answers_can_do_without_and_collects_garbage() -> None:
    command = [sys.executable, "-c", STARTED]

    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert json.loads(said) == [True, []]
