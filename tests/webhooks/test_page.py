"""The page docs/webhooks.md: its programs run, its figures are the code's."""

import asyncio
import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from graph.commands.webhook_parts import MOST
from graph.webhooks import lines, messages, posting, schedule, secrets

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))
UNITS = {"s": "seconds", "min": "minutes", "h": "hours"}


def message(secret: str) -> tuple[dict[str, str], bytes]:
    """A message as it is sent."""
    body = messages.ping("msg_1", datetime.now(UTC), "Webhook:W-1")
    return messages.headers("msg_1", [secret], datetime.now(UTC), body), body


def test_the_program_in_python_tells_good_from_bad() -> None:
    secret = secrets.make()
    headers, body = message(secret)
    given: dict[str, Any] = {}
    exec(BLOCKS["python"], given)

    assert given["received"](secret, headers, body) == 204
    assert given["received"](secret, headers, body + b" ") == 401


async def test_the_program_in_javascript_tells_good_from_bad(tmp_path: Path) -> None:
    secret = secrets.make()
    headers, body = message(secret)
    (tmp_path / "node_modules").symlink_to(ROOT / "web" / "node_modules")
    (tmp_path / "received.mjs").write_text(BLOCKS["js"], encoding="utf-8")
    told = json.dumps([secret, headers, body.decode()])
    program = (
        'import { received } from "./received.mjs";'
        f"const [secret, headers, body] = {told};"
        "console.log(received(secret, headers, body), received(secret, headers, body + ' '));"
    )
    (tmp_path / "ask.mjs").write_text(program, encoding="utf-8")

    ran = await asyncio.to_thread(
        subprocess.run, ["node", "ask.mjs"], cwd=tmp_path, capture_output=True, text=True
    )

    assert ran.stdout.splitlines()[-1] == "204 401", ran.stderr


def test_its_delays_are_those_of_the_code() -> None:
    [told] = re.findall(r"tried again after (.*?) \(each", PAGE)

    found = [
        timedelta(**{UNITS[unit]: int(number)}) for number, unit in re.findall(r"(\d+) (\w+)", told)
    ]

    assert tuple(found) == schedule.DELAYS


def test_its_figures_and_types_are_those_of_the_code() -> None:
    assert f"At most {MOST} webhooks" in PAGE
    assert f"within {posting.SECONDS:.0f} seconds" in PAGE
    assert f"{posting.MOST // 1024} KB are read" in PAGE
    assert set(re.findall(r"`(account-graph\.\w+)`", PAGE)) == set(messages.TYPES.values())
    assert lines.GAVE_UP.startswith(f"Nothing was acknowledged for {schedule.FAILING.days} days")
