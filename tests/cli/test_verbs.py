"""The console script, as a user runs it: real processes on a folder of their own."""

import json
import os
import secrets
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import httpx2

from tests.canaries.marks import Marks
from tests.cli.product import Serving, run
from tests.processes import ROOT, free_port

ACCOUNTS = """id,kind,name,status,opened_on,importer_numbers
A-1,IMPORTER,Quiet Imports,ACTIVE,2020-01-01,98-7654321AA
A-2,IMPORTER,Wrong Imports,ACTIVE,2020-01-01,98-76543210
A-3,IMPORTER,Own Imports,ACTIVE,2020-01-01,{}
"""
SSN = Marks(secrets.token_hex(8)).new("an account")


def test_other_verbs_join_the_running_server(
    serving: Serving, environment: dict[str, str], folder: Path
) -> None:
    file = folder / "accounts.csv"
    file.write_text(ACCOUNTS.format(SSN), encoding="utf-8")

    loaded = run(environment, "load", "accounts", str(file), "--json")
    again = run(environment, "load", "accounts", str(file), "--json")
    asked = run(environment, "ask", '{ account(by: {importerNumber: "98-7654321AA"}) { name } }')

    report = json.loads(loaded.stdout)
    assert loaded.returncode == 1  # a row was refused
    assert [refusal["line"] for refusal in report["refused"]] == [3]
    assert "98-76543210" not in loaded.stdout + loaded.stderr
    assert SSN not in loaded.stdout + loaded.stderr
    assert json.loads(again.stdout)["unchanged"] == report["created"] == 6
    expected = {"data": {"account": {"name": "Quiet Imports"}}}
    assert json.loads(asked.stdout) == expected
    told = serving.ask('{ account(by: {importerNumber: "98-7654321AA"}) { name } }')
    assert told["data"] == expected["data"]


def test_a_token_of_the_folder_opens_its_server(
    serving: Serving, environment: dict[str, str]
) -> None:
    words = ("token", "--role", "HQ_ANALYST", "--as", "M-31", "--for", "5m", "--header")
    printed = run(environment, *words)

    who = serving.answer(
        "{ viewer { name permissions } }", authorization=printed.stdout.strip()
    ).json()["data"]["viewer"]
    nobody = serving.answer("{ viewer { name } }").json()
    too_long = run(environment, "token", "--for", "61m")
    key = Path(environment["DATA"]) / "development.key"

    assert who["name"] == "M-31"
    assert "WRITE_RISK" in who["permissions"]
    assert "WRITE_STAFF" not in who["permissions"]
    assert nobody["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert key.stat().st_mode & 0o777 == 0o600
    assert (too_long.returncode, "60 minutes" in too_long.stderr) == (2, True)
    assert f"account-graph token --data {environment['DATA']}" in serving.log.read_text()


def test_a_token_of_several_roles_has_the_rights_of_all_of_them(
    serving: Serving, environment: dict[str, str]
) -> None:
    asked = "{ viewer { permissions } }"
    told: dict[str, set[str]] = {}
    for roles in (("HQ_ANALYST",), ("HQ_COORDINATOR",), ("HQ_COORDINATOR", "HQ_ANALYST")):
        words = [word for role in roles for word in ("--role", role)]
        printed = run(environment, "token", *words, "--header", "--as", "M-31")
        found = serving.answer(asked, authorization=printed.stdout.strip()).json()
        told["+".join(roles)] = set(found["data"]["viewer"]["permissions"])

    refused = run(environment, "token", "--role", "AUDITOR", "--role", "ACCOUNT_MANAGER")
    listed = run(environment, "token", "--role", "AUDITOR,HQ_ANALYST")

    analyst, coordinator = told["HQ_ANALYST"], told["HQ_COORDINATOR"]
    assert told["HQ_COORDINATOR+HQ_ANALYST"] == analyst | coordinator
    assert analyst - coordinator
    assert coordinator - analyst
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "exclude each other" in refused.stderr
    assert (listed.returncode, listed.stdout) == (2, "")


def test_a_key_of_a_service_opens_the_server_until_it_is_revoked(
    serving: Serving, environment: dict[str, str]
) -> None:
    rights = ("READ_OWNERSHIP", "READ_PERFORMANCE", "READ_RISK")
    asked = "{ viewer { name } accounts { totalCount { value } } }"
    made = run(environment, "key", "create", "ledger", *(f"--right={right}" for right in rights))
    key = made.stdout.strip()

    opened = until(lambda: serving.answer(asked, authorization=f"Bearer {key}"), 200)
    listed = run(environment, "key", "list").stdout
    run(environment, "key", "revoke", key.split("_")[1])
    shut = until(lambda: serving.answer(asked, authorization=f"Bearer {key}"), 401)

    assert opened.json()["data"]["viewer"] == {"name": "ledger"}
    assert f"{key.split('_')[1]}  ledger  holds  " in listed
    assert key not in listed
    assert shut.headers["www-authenticate"].startswith('Bearer realm="account-graph", error=')


def until(ask: Callable[[], httpx2.Response], status: int) -> httpx2.Response:
    """The answer, once it has this status: what a verb changes is in force within 5 seconds."""
    for _ in range(10):
        answer = ask()
        if answer.status_code == status:
            return answer
        time.sleep(0.5)
    raise AssertionError(f"still {answer.status_code} after five seconds")


def test_a_database_that_does_not_answer_is_told_apart(environment: dict[str, str]) -> None:
    nowhere = {**environment, "GRAPH_URI": "bolt://127.0.0.1:1", "GRAPH_PASSWORD": "x"}

    asked = run(nowhere, "ask", "{ __typename }")

    assert asked.returncode == 3
    assert asked.stderr.count("\n") == 2  # the other is the checkpoint of the audit
    assert "Check GRAPH_URI" in asked.stderr


def test_a_second_server_on_the_folder_is_refused(
    serving: Serving, environment: dict[str, str]
) -> None:
    second = run(environment, "serve", "--port", str(free_port()))

    assert second.returncode == 2
    assert str(serving.process.pid) in second.stderr
    assert "Traceback" not in second.stderr


def test_a_key_is_not_rotated_under_a_running_server(
    serving: Serving, environment: dict[str, str], folder: Path
) -> None:
    before = (folder / "keys" / "k").read_text()

    refused = run(environment, "rotate-key")

    assert refused.returncode == 2
    assert str(serving.process.pid) in refused.stderr
    assert (folder / "keys" / "k").read_text() == before


def test_a_server_for_others_is_refused(environment: dict[str, str]) -> None:
    open_to_all = run(environment, "serve", "--host", "0.0.0.0")

    assert open_to_all.returncode == 2
    assert "no identity provider is configured" in open_to_all.stderr


def test_an_address_that_is_taken_is_refused_before_anything_is_made(
    environment: dict[str, str], tmp_path: Path
) -> None:
    elsewhere = {**environment, "DATA": str(tmp_path / "graph")}
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        refused = run(elsewhere, "serve", "--demo", "--port", port)

    assert refused.returncode == 2
    assert f"127.0.0.1:{port}" in refused.stderr
    assert "give another --port" in refused.stderr
    assert not (tmp_path / "graph").exists()


def test_the_graph_is_checked(serving: Serving, environment: dict[str, str]) -> None:
    assert run(environment, "migrate", "--check").returncode == 0


def test_a_file_that_is_not_there_and_a_format_unknown_are_named(
    serving: Serving, environment: dict[str, str], folder: Path
) -> None:
    missing = run(environment, "load", "accounts", str(folder / "none.csv"))
    unknown = run(environment, "load", "accounts", __file__, "--format", "xls")

    assert missing.returncode == 2
    assert "none.csv" in missing.stderr
    assert unknown.returncode == 2
    assert "xls" in unknown.stderr
    assert "Traceback" not in missing.stderr + unknown.stderr


def test_a_killed_database_is_started_again(serving: Serving, folder: Path) -> None:
    connection = json.loads((folder / "graph" / "connection.json").read_text())
    child = next(
        int(value) for name, value in connection.items() if "child" in name.lower() and value
    )
    os.kill(child, signal.SIGKILL)

    end = time.monotonic() + 60
    while time.monotonic() < end:
        answer = serving.ask('{ account(by: {importerNumber: "98-7654321AA"}) { name } }')
        if answer.get("data") == {"account": {"name": "Quiet Imports"}}:
            break
        assert answer["errors"][0]["extensions"]["code"] in ("UNAVAILABLE", "TIMED_OUT")
        time.sleep(0.3)
    else:
        raise AssertionError("the database did not come back")


def test_the_server_stops_when_told(serving: Serving) -> None:
    serving.process.send_signal(signal.SIGTERM)

    assert serving.process.wait(30) == 0
    assert "Traceback" not in serving.log.read_text()


def test_a_new_key_takes_over_from_the_one_before(
    environment: dict[str, str], folder: Path
) -> None:
    before = (folder / "keys" / "k").read_text().strip()

    rotated = run(environment, "rotate-key")
    asked = run(environment, "ask", '{ account(by: {importerNumber: "98-7654321AA"}) { name } }')
    secret, *others = (folder / "keys" / "k").read_text().splitlines()

    assert rotated.returncode == 0, rotated.stderr
    assert "1 numbers have the new key. 1 social security numbers keep" in rotated.stderr
    assert json.loads(asked.stdout) == {"data": {"account": {"name": "Quiet Imports"}}}
    assert others == [f"before {before}", f"root {before}"]
    assert secret != before
    assert before not in rotated.stdout + rotated.stderr


def test_a_key_that_a_number_still_needs_is_not_forgotten_unasked(
    environment: dict[str, str], folder: Path
) -> None:
    before = (folder / "keys" / "k").read_text()

    refused = run(environment, "rotate-key")

    assert refused.returncode == 2
    assert "give them up with --forget" in refused.stderr
    assert (folder / "keys" / "k").read_text() == before


def test_the_schema_is_printed(environment: dict[str, str]) -> None:
    printed = run(environment, "export-schema")

    published = ROOT / "docs" / "schema.graphql"
    assert printed.stdout == published.read_text(encoding="utf-8")
