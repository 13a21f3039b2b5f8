"""What a process writes and syncs, as strace sees it, and when what was written is on the disk."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STRACE = "/usr/bin/strace"
LOG = "/neostore.transaction.db."  # of the files of Neo4j's transaction log
WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2")
SYNCS = ("fsync", "fdatasync")
SHOWN = 1 << 20  # bytes of a write
PATIENCE = 30.0
HEAD = r"(?P<thread>\d+) +(?P<begun>\d+\.\d+) "
CALL = r"(?P<name>\w+)\(\d+<(?P<file>[^>]*)>(?P<text>.*)"
END = r"\) += (?P<result>-?\d+)(?P<remark>.*?) ?<(?P<took>\d+\.\d+)>"
WHOLE = re.compile(HEAD + CALL + END, re.DOTALL)
BEGUN = re.compile(HEAD + CALL + r" <unfinished \.\.\.>", re.DOTALL)
RESUMED = re.compile(HEAD + r"<\.\.\. \w+ resumed>.*" + END, re.DOTALL)


@dataclass(frozen=True)
class Call:
    """One call of the system: on which file, what it wrote, from when to when by the clock."""

    name: str
    file: str
    text: str
    begun: float
    ended: float


@contextmanager
def tracing(pid: int, into: Path, *injected: str) -> Iterator[None]:
    """Note all writes and syncs of a process as long as the block lasts; fails without strace."""
    calls = ",".join((*WRITES, *SYNCS))
    words = [STRACE, "-f", "-ttt", "-T", "-y", "-s", str(SHOWN), "-e", f"trace={calls}"]
    for each in injected:
        words += ["-e", f"inject={each}"]
    said = into.with_suffix(".said")
    with said.open("wb") as file:
        command = [*words, "-o", str(into), "-p", str(pid)]
        strace = subprocess.Popen(command, stderr=file)
    try:
        end = time.monotonic() + PATIENCE
        while "attached" not in said.read_text():
            assert strace.poll() is None, said.read_text()
            assert time.monotonic() < end
            time.sleep(0.05)
        yield
    finally:
        strace.send_signal(signal.SIGINT)
        strace.wait()


def calls(lines: Sequence[str]) -> list[Call]:
    """What a trace tells, without what failed or was only said to have been done."""
    found, waiting = [], {}
    for line in lines:
        if begun := BEGUN.fullmatch(line):
            waiting[begun["thread"]] = begun
            continue
        resumed = RESUMED.fullmatch(line)
        whole = WHOLE.fullmatch(line) if resumed is None else waiting.pop(resumed["thread"], None)
        end = resumed or whole
        if whole is None or end is None or int(end["result"]) < 0 or "INJECTED" in end["remark"]:
            continue
        since = float(whole["begun"])
        till = since + float(end["took"])
        found.append(Call(whole["name"], whole["file"], whole["text"], since, till))
    return found


def synced(found: Sequence[Call], marker: str) -> Call | None:
    """The first sync, from its beginning after it, of the write to the log that holds a text."""
    written = (each for each in found if each.name in WRITES and LOG in each.file)
    write = next((each for each in written if marker in each.text), None)
    if write is None:
        return None
    syncs = (each for each in found if each.name in SYNCS and each.file == write.file)
    return next((each for each in syncs if each.begun >= write.ended), None)


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    """The process stands still, so that its files are those of one instant."""
    os.kill(pid, signal.SIGSTOP)
    try:
        while not (_stands(pid) and _stands(pid, after=0.02)):  # strace stops them for moments
            time.sleep(0.01)
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def _stands(pid: int, after: float = 0.0) -> bool:
    """Whether each of its threads does: one that syncs ends that first."""
    time.sleep(after)
    files = Path(f"/proc/{pid}/task").glob("*/stat")
    return all(file.read_text(encoding="ascii").rpartition(") ")[2][0] in "Tt" for file in files)
