"""The chain: what was edited, deleted, swapped or cut is found, and what was not is not.

A run makes 200 edits; `make night` makes 10,000. The seed is fixed; AUDIT_SEED gives another.
"""

import os
import random
from pathlib import Path

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from graph.errors import SetupError
from tests.transport.audit.reading import KEY, everything, journal, verified
from transport import audit_files
from transport.audit_chain import export, verify
from transport.audit_files import EVERY, Journal, Unwritten
from transport.audit_folder import digest, files

SEED = int(os.environ.get("AUDIT_SEED", "20261126"))
EDITS = int(os.environ.get("AUDIT_EDITS", "200"))
LINES = 60


def filled(folder: Path, count: int = LINES) -> Path:
    """A closed journal of one file."""
    made = journal(folder, reserve=0)
    for number in range(count):
        made.append({"what": "REQUEST", "caller": f"M-{number % 7}", "cost": number})
    made.close()
    [one] = files(folder)
    return one.path


def edited(line: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(line))
    other = chance.choice([byte for byte in range(32, 127) if byte != line[place]])
    return line[:place] + bytes([other]) + line[place + 1 :]


def harmed(lines: list[bytes], chance: random.Random) -> tuple[str, list[bytes]]:
    """One edit, deletion or swap anywhere but a cut of the end, which needs what is outside."""
    at = chance.randrange(len(lines) - 1)
    match chance.choice(["edit", "delete", "swap", "repeat"]):
        case "edit":
            at = chance.randrange(len(lines))
            return f"edit {at}", [*lines[:at], edited(lines[at], chance), *lines[at + 1 :]]
        case "delete":
            return f"delete {at}", lines[:at] + lines[at + 1 :]
        case "swap":
            other = (at + chance.randrange(1, len(lines))) % len(lines)
            swapped = list(lines)
            swapped[at], swapped[other] = swapped[other], swapped[at]
            return f"swap {at} {other}", swapped
        case _:
            return f"repeat {at}", [*lines[: at + 1], *lines[at:]]


def test_each_of_many_edits_deletions_and_swaps_is_found(tmp_path: Path) -> None:
    path = filled(tmp_path)
    lines = path.read_bytes().splitlines()
    chance = random.Random(SEED)
    assert verified(tmp_path).fault is None

    missed = []
    for _ in range(EDITS):
        said, changed = harmed(lines, chance)
        path.write_bytes(b"\n".join(changed) + b"\n")
        if verified(tmp_path).fault is None:
            missed.append(said)

    assert missed == []


def test_a_cut_tail_is_found_by_a_checkpoint_kept_elsewhere(tmp_path: Path) -> None:
    path = filled(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    last = {f"_{LINES + 1}": digest(lines[-1].rstrip())}
    assert verified(tmp_path, **last).fault is None

    for kept in (0, 1, 30, len(lines) - 1):
        path.write_bytes(b"".join(lines[:kept]))
        fault = verified(tmp_path, **last).fault
        assert fault == f"The checkpoint {LINES + 1} given from outside is not there."
    path.unlink()
    assert verified(tmp_path, **last).fault


def test_files_that_are_all_gone_are_missed(tmp_path: Path) -> None:
    filled(tmp_path).unlink()

    assert "There are no entries" in str(verified(tmp_path).fault)


def test_a_chain_made_anew_without_the_key_is_found(tmp_path: Path) -> None:
    path = filled(tmp_path)
    forged, previous = [], audit_files.NOTHING
    for line in path.read_bytes().splitlines():
        entry = orjson.loads(line)
        forged.append(orjson.dumps({**entry, "previous": previous, "cost": 0}))
        previous = digest(forged[-1])
    path.write_bytes(b"\n".join(forged) + b"\n")

    assert "signature of this checkpoint is wrong" in str(verified(tmp_path).fault)


def test_another_key_is_not_believed(tmp_path: Path) -> None:
    filled(tmp_path)

    [found] = verify(tmp_path, Ed25519PrivateKey.generate().public_key())

    assert "signed by another key" in str(found.fault)


def test_a_checkpoint_follows_each_thousand_entries(tmp_path: Path) -> None:
    path = filled(tmp_path, 2 * EVERY + 1)
    found = verified(tmp_path)
    signed = [e["sequence"] for e in everything(tmp_path) if e["what"] == "CHECKPOINT"]

    assert (found.fault, found.checkpoints, found.unsealed) == (None, 3, 0)
    assert signed == [EVERY + 1, 2 * EVERY + 2, 2 * EVERY + 4]
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_processes_have_files_of_their_own(tmp_path: Path) -> None:
    first, second = journal(tmp_path), journal(tmp_path)
    for made in (first, second):
        made.append({"what": "REQUEST"})
        made.close()

    found = verify(tmp_path, KEY.public_key())

    assert [(one.instance, one.last, one.fault) for one in found] == [
        ("server", 2, None),
        ("server-2", 2, None),
    ]


def test_nothing_is_written_after_the_end(tmp_path: Path) -> None:
    made = journal(tmp_path)
    made.append({"what": "REQUEST"})
    made.close()

    with pytest.raises(Unwritten):
        made.append({"what": "REQUEST"})
    assert verified(tmp_path).unsealed == 0


def test_old_files_go_and_the_chain_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path)
    path = path.rename(path.with_name("server.2000-01-01.000000000001.jsonl"))
    monkeypatch.setattr(audit_files, "MOST", 1)  # so that the next entry begins a file

    made = journal(tmp_path, days=30)
    made.append({"what": "REQUEST"})
    made.close()
    found = verified(tmp_path)

    assert not path.exists()
    assert (found.fault, found.first) == (None, LINES + 2)
    files(tmp_path)[0].path.unlink()
    assert "are missing, and none says why" in str(verified(tmp_path).fault)


def test_an_export_is_the_lines_of_its_days(tmp_path: Path) -> None:
    path = filled(tmp_path)
    day = files(tmp_path)[0].day

    assert b"".join(export(tmp_path, day, day)) == path.read_bytes()
    assert list(export(tmp_path, "2001-01-01", "2001-12-31")) == []


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SetupError, match="AUDIT_FOLDER"):
        Journal.at(tmp_path / "file" / "audit", "server", 30)
