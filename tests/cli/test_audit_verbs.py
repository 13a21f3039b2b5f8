"""The audit on the command line, as an operator uses it; no database is needed."""

import json
import os
import subprocess
from pathlib import Path

from tests.collecting import receiving
from tests.processes import COMMAND, ROOT
from transport.audit_folder import digest, files


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA": str(folder / "graph"), "PYTHONPATH": str(ROOT), **more}
    return subprocess.run([*COMMAND, *words], env=environment, capture_output=True, text=True)


def test_an_act_of_the_command_line_is_entered_and_verified(tmp_path: Path) -> None:
    made = run(tmp_path, "token", "--role", "HQ_ANALYST", "--as", "M-31")
    [one] = files(tmp_path / "graph" / "audit")
    entries = [json.loads(line) for line in one.path.read_bytes().splitlines()]
    last = entries[-1]
    fine = run(tmp_path, "audit", "verify")
    day = one.day
    exported = run(tmp_path, "audit", "export", "--from", day, "--to", day)

    head = digest(one.path.read_bytes().splitlines()[3])
    assert (made.returncode, made.stderr) == (0, f"audit checkpoint cli:4:{head}\n")
    assert len(made.stdout.splitlines()) == 1  # `$(account-graph token)` must stay a token
    assert made.stdout.strip() not in one.path.read_text()
    told = [
        (e["what"], e.get("operation"), e.get("code")) for e in entries if e["what"][:3] == "CLI"
    ]
    assert told == [("CLI", "token", None), ("CLI_END", "token", "OK")]
    assert (last["what"], one.path.stat().st_mode & 0o777) == ("CHECKPOINT", 0o600)
    assert (tmp_path / "graph" / "audit" / "audit.key").stat().st_mode & 0o777 == 0o600
    assert fine.returncode == 0
    assert (
        "cli: entries 1 to 4, 2 checkpoints, 0 entries after the last. As written." in fine.stdout
    )
    assert '"operation":"audit export"' in exported.stdout
    assert exported.stdout.startswith(one.path.read_text().splitlines()[0])


def test_what_a_verb_told_outside_shows_that_its_entries_were_cut_off(tmp_path: Path) -> None:
    told = run(tmp_path, "token").stderr.split()[-1]
    [one] = files(tmp_path / "graph" / "audit")
    lines = one.path.read_bytes().splitlines(keepends=True)
    fine = run(tmp_path, "audit", "verify", "--checkpoint", told)

    one.path.write_bytes(b"".join(lines[:2]))  # back to the checkpoint before
    unseen = run(tmp_path, "audit", "verify")
    cut = run(tmp_path, "audit", "verify", "--checkpoint", told)
    one.path.unlink()
    (tmp_path / "graph" / "audit" / "cli.lock").unlink()
    gone = run(tmp_path, "audit", "verify", "--checkpoint", told)

    assert (fine.returncode, unseen.returncode) == (0, 0)
    for found in (cut, gone):
        assert found.returncode == 1
        assert "CHANGED: The checkpoint 4 given from outside is not there." in found.stdout


def test_a_collector_is_sent_each_checkpoint_of_a_verb(tmp_path: Path) -> None:
    with receiving() as (address, sent):
        made = run(tmp_path, "token", OTEL_EXPORTER_OTLP_ENDPOINT=address)
        away = run(tmp_path, "token", OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1")

    [one] = files(tmp_path / "graph" / "audit")
    heads = [digest(line).encode() for line in one.path.read_bytes().splitlines()]
    body = b"".join(told for _, told in sent)
    assert [head in body for head in heads] == [False, True, False, True, *[False] * 4]
    assert (made.returncode, away.returncode) == (0, 0)
    assert len(away.stdout.splitlines()) == 1
    assert f"audit checkpoint cli:8:{heads[-1].decode()}" in away.stderr


def test_what_was_changed_is_told_with_its_line(tmp_path: Path) -> None:
    run(tmp_path, "token")
    [one] = files(tmp_path / "graph" / "audit")
    one.path.write_text(one.path.read_text().replace('"uid ', '"uid 1'))

    found = run(tmp_path, "audit", "verify")
    head = "0" * 64
    outside = run(tmp_path, "audit", "verify", "--checkpoint", f"server:7:{head}")
    wrong = run(tmp_path, "audit", "verify", "--checkpoint", "7")

    assert found.returncode == outside.returncode == 1
    assert "CHANGED: cli." in found.stdout
    assert "server: entries 0 to 0" in outside.stdout
    assert "CHANGED: The checkpoint 7 given from outside is not there." in outside.stdout
    assert wrong.returncode == 2
    assert "INSTANCE:SEQUENCE:HEAD" in wrong.stderr


def test_without_an_audit_a_verb_says_so_and_one_that_cannot_be_written_does_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("")

    none = run(tmp_path, "audit", "verify")
    refused = run(tmp_path, "token", AUDIT_FOLDER=str(tmp_path / "file" / "audit"))
    off = run(tmp_path, "token", AUDIT="false")

    assert (none.returncode, refused.returncode, off.returncode) == (2, 2, 0)
    assert "There is no audit in" in none.stderr
    assert "AUDIT_FOLDER" in refused.stderr
    assert refused.stdout == ""
    assert not (tmp_path / "graph" / "audit").exists()
