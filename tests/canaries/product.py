"""A server of the product as its users have it, on a folder of its own, and all that it told."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from scripts.bearer import bearer
from tests.canaries.marks import Marks
from tests.canaries.serving import LEVELS, PLANTED
from tests.collecting import hooked, receiving
from tests.processes import ROOT, free_port, served

SERVING = [sys.executable, "-m", "tests.canaries.serving"]
PATIENCE = 400.0


class Product:
    """A server process, its folder, and all that it told."""

    def __init__(self, folder: Path, marks: Marks) -> None:
        """Start it on a folder of its own; its log and metrics leak the numbers planted there."""
        self.folder = folder
        self.log = folder / "server.log"
        self.told: dict[str, bytearray] = {}
        planted = [marks.planted(f"log at {level}") for level in LEVELS]
        planted.append(marks.planted("metrics"))
        ours = {"DATA": str(folder / "graph"), "IDENTIFIER_KEY_FILE": str(folder / "keys" / "k")}
        others = {n: v for n, v in os.environ.items() if not n.startswith("GRAPH_")}
        limits = {"STREAMS_PER_CALLER": "1000", "LOG_FORMAT": "json", PLANTED: ",".join(planted)}
        limits["DISK_FLOOR"] = "0"
        self.environment = {**others, **ours, **limits, "PYTHONPATH": str(ROOT)}
        self.ended = ExitStack()
        address, self.collected = self.ended.enter_context(receiving())
        self.environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = address
        hooks, authority, self.hooked = self.ended.enter_context(hooked(folder.parent))
        self.environment |= {"WEBHOOK_TEST_RECEIVERS": hooks, "WEBHOOK_TEST_CA": str(authority)}
        self.hook = f"https://{hooks}/hooks"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.headers = {"authorization": bearer(folder / "graph")}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*SERVING, "serve", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    def wait(self) -> None:
        """Until it is ready."""
        served(self.process, f"{self.url}/health/live", self.log, PATIENCE)

    def stop(self) -> None:
        """Stop it as an operator does: its database writes what it holds to its files."""
        self.process.terminate()
        self.process.wait(60)
        self.keep("the collector", *(body for _, body in self.collected))
        self.keep("webhooks", *(told for _, told in self.hooked))

    def kill(self) -> None:
        """End it, if it has not."""
        self.process.kill()
        self.process.wait()
        self.ended.close()

    def run(self, words: Sequence[Sequence[str]]) -> list[int]:
        """Verbs in one process, and their exit codes; what they print is kept."""
        command = [sys.executable, "-m", "tests.canaries.verbs"]
        done = subprocess.run(
            command, input=json.dumps(words), env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        self.keep("verbs", done.stdout.encode(), done.stderr.encode())
        codes: list[int] = json.loads(done.stdout.splitlines()[-1])
        return codes

    def keep(self, what: str, *told: bytes) -> None:
        """Remember what was told."""
        self.told.setdefault(what, bytearray()).extend(b"\n".join([*told, b""]))

    def left(self) -> dict[str, Path]:
        """All files that it left: its log, audit, keys, jobs, store, and its database's logs."""
        found = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        named = {str(path.relative_to(self.folder)): path for path in found}
        return {name: path for name, path in named.items() if not name.startswith(SENT)}

    def sent(self, name: str, text: str) -> Path:
        """A file that is sent; it is none of the product's."""
        file = self.folder / SENT / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file


SENT = "sent"


def words_of(marks: Marks) -> Sequence[Sequence[str]]:
    """Verbs that are given a number where it may not be, each of which is refused."""

    def number(what: str) -> str:
        return marks.new(f"the verb {what}")

    return [
        ("token", "--as", number("token --as")),
        ("key", "create", number("key create"), "--right", "READ_RISK"),
        ("key", "revoke", number("key revoke")),
        ("owner", "register", number("owner register"), "--account", "A-1"),
        ("owner", "register", "O", "--account", number("owner --account")),
        ("owner", "revoke", number("owner revoke")),
        ("revoke", "--sub", number("revoke --sub")),
        ("revoke", "--jti", number("revoke --jti")),
        ("audit", "export", "--from", number("audit export"), "--to", "2099-01-01"),
        ("audit", "verify", "--checkpoint", number("audit verify")),
        ("load", number("load"), str(ROOT / "pyproject.toml")),
        ("ask", f'{{ viewer {{ name(of: "{number("ask")}") }} }}'),
    ]
