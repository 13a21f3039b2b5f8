"""Signing in on a page of a server on this machine, as a user does it."""

import base64
import re
from pathlib import Path

import httpx2
import pytest

from tests.cli.product import Serving, run

OURS = {"x-account-graph": "1", "sec-fetch-site": "same-origin"}
WHO = {"query": "{ viewer { name permissions } }"}


class Browser:
    """One person's."""

    def __init__(self, serving: Serving) -> None:
        self.url = serving.url
        self.secret = ""

    def post(self, path: str, body: object) -> httpx2.Response:
        headers = {**OURS, "cookie": f"__Host-session={self.secret}"} if self.secret else OURS
        return httpx2.post(f"{self.url}{path}", json=body, headers=headers, timeout=20)

    def sign_in(self, code: str) -> int:
        answer = self.post("/explore/sign-in", {"code": code})
        if answer.status_code == 200:
            self.secret = answer.headers["set-cookie"].partition(";")[0].partition("=")[2]
        return answer.status_code

    def name(self) -> str | None:
        told = self.post("/graphql", WHO).json()
        return str(told["data"]["viewer"]["name"]) if told["data"] else None


@pytest.fixture(scope="module")
def printed(serving: Serving) -> str:
    """The code that the server printed when it started."""
    found = re.search(r"Sign in at \S+/explore/sign-in with (\S+):", serving.log.read_text())
    assert found
    return found[1]


def test_the_code_that_the_server_prints_signs_in_once(serving: Serving, printed: str) -> None:
    one, other = Browser(serving), Browser(serving)

    assert one.sign_in(printed) == 200
    assert other.sign_in(printed) == 403
    assert one.name() == "Development viewer"
    assert other.name() is None


def test_a_verb_prints_another_for_whom_one_likes(
    serving: Serving, environment: dict[str, str]
) -> None:
    first = run(environment, "code").stdout.strip()
    second = run(environment, "code", "--role", "HQ_ANALYST", "--as", "M-31")
    analyst = Browser(serving)

    assert Browser(serving).sign_in(first) == 403
    assert analyst.sign_in(second.stdout.strip()) == 200
    assert analyst.name() == "M-31"
    assert analyst.post("/explore/sign-out", {}).status_code == 200
    assert analyst.post("/graphql", WHO).status_code == 401


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--role", "AUDITOR", "--role", "ACCOUNT_MANAGER"), "exclude each other"),
        (("--as", "219-09-9999"), "no social security number"),
    ],
)
def test_nobody_is_signed_in_whom_no_token_would_name(
    environment: dict[str, str], words: tuple[str, ...], told: str
) -> None:
    refused = run(environment, "code", *words)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert told in refused.stderr


def test_with_a_provider_there_are_no_codes(environment: dict[str, str]) -> None:
    theirs = {**environment, "ISSUER": "https://id.example"}

    for words in (("code",), ("serve", "--dev-user", "M-31")):
        refused = run(theirs, *words)
        assert refused.returncode == 2
        assert "sign in at your identity provider" in refused.stderr


def test_the_secret_of_a_session_is_written_nowhere(
    serving: Serving, environment: dict[str, str], folder: Path
) -> None:
    browser, code = Browser(serving), run(environment, "code").stdout.strip()
    assert browser.sign_in(code) == 200
    assert browser.name()
    metrics = httpx2.get(f"{serving.url}/metrics").content
    session = base64.urlsafe_b64decode(browser.secret)[:32]
    secrets = [browser.secret[:42].encode(), session, session.hex().encode()]
    secrets += [code.encode(), code.replace("-", "").encode()]

    read = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    assert any(file.suffix == ".jsonl" or "audit" in str(file) for file in read)
    found = [file for file, content in read.items() if any(each in content for each in secrets)]
    assert found == []
    assert not any(each in metrics for each in secrets)
    assert b"SIGN_IN" in b"".join(read[file] for file in read if "audit" in str(file))
