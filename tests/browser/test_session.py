"""Signing in on the pages in a real browser: the whole way in, what it opens, and the way out."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from config import settings
from graph.roles import Role
from tests.browser.chromium import Heard, chromium
from tests.browser.test_origins import site as another_site
from transport.codes import Codes
from transport.development import Development

STATUS = "p[role=status]"
EDITOR = ".graphiql-query-editor .view-line"
ANSWER = ".result-window .view-line"
STORED = "[localStorage.length, sessionStorage.length]"
FORM = """([url, type, body]) => {
  const form = document.createElement("form"), field = document.createElement("input");
  Object.assign(form, { method: "post", action: url, enctype: type });
  field.name = body;
  form.append(field);
  document.body.append(form);
  form.submit();
}"""
NO_CORS = """async ([url, type, body]) => {
  const sent = { method: "POST", mode: "no-cors", credentials: "include", body };
  try { return (await fetch(url, { ...sent, headers: { "content-type": type } })).type; }
  catch (error) { return error.name; }
}"""
CORS = """async ([url, body]) => {
  const headers = { "content-type": "application/json", "x-account-graph": "1" };
  const sent = { method: "POST", credentials: "include", headers, body };
  try { return (await fetch(url, sent)).status; }
  catch (error) { return error.name; }
}"""
SOCKET = """(url) => new Promise((done) => {
  const socket = new WebSocket(url, "graphql-transport-ws");
  socket.onopen = () => socket.send(JSON.stringify({ type: "connection_init" }));
  socket.onmessage = ({ data }) => done(data);
  socket.onclose = ({ code }) => done(code);
})"""
MUTATION = json.dumps({"query": "{ viewer { name } }"})


@pytest.fixture
def browser() -> Iterator[BrowserContext]:
    with chromium() as found:
        yield found


@pytest.fixture
def code(folder: Path) -> str:
    """A code of the server's machine."""
    data = folder / "graph"
    return Codes(data, Development.at(data, settings().audience)).make({Role.DEVELOPMENT}, None)


def cursor(site: str, token: str) -> str:
    """Before the last changes of the log."""
    body = json.dumps({"query": "{ changes(last: 2) { pageInfo { startCursor } } }"}).encode()
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
    asked = urllib.request.Request(f"{site}/graphql", body, headers)
    with urllib.request.urlopen(asked) as answer:
        return str(json.load(answer)["data"]["changes"]["pageInfo"]["startCursor"])


def enter(page: Page, site: str, code: str, to: str = "/graphql") -> None:
    page.goto(f"{site}/explore/sign-in?to={to}")
    page.fill("#code", code)
    page.press("#code", "Enter")
    page.wait_for_url(f"{site}{to}")


def run(page: Page, query: str, name: str) -> None:
    """Put this in the editor's place and run it, once the page has read the operation's name."""
    page.click(EDITOR)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)
    expect(page.get_by_role("tab", name=name)).to_be_visible()
    page.click("button.graphiql-execute-button")


def names(context: BrowserContext) -> list[tuple[Any, ...]]:
    return [
        (each["name"], each["httpOnly"], each["secure"], each["sameSite"], each["path"])
        for each in context.cookies()
    ]


def test_somebody_signs_in_asks_listens_and_signs_out(
    browser: BrowserContext, site: str, code: str, token: str
) -> None:
    page, heard = browser.new_page(), Heard()
    heard.listen(page)

    page.goto(f"{site}/graphql#kept")
    expect(page.locator(STATUS)).to_have_text("Not signed in.")
    page.click(".sign-in a")
    expect(page.locator("#code")).to_be_focused()
    page.fill("#code", f" {code.lower()} ")
    page.click("button[type=submit]")
    page.wait_for_url(f"{site}/graphql#kept")

    expect(page.locator(STATUS)).to_have_text("Signed in: Development viewer")
    page.click("button.graphiql-execute-button")
    expect(page.locator(ANSWER, has_text="Harbor Textiles").first).to_be_visible()
    after = cursor(site, token)
    run(page, f'subscription Follow {{ changes(after: "{after}") {{ kind cursor }} }}', "Follow")
    expect(page.locator(ANSWER, has_text='"kind": "CHANGE"').first).to_be_visible()
    assert names(browser) == [("__Host-session", True, True, "Strict", "/")]
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate(STORED) == [0, 0]
    secret = browser.cookies()[0]["value"]

    page.click("button.graphiql-stop-button, button.graphiql-execute-button")
    page.click('.sign-in button:has-text("Sign out")')
    page.wait_for_url(f"{site}/explore/sign-in?to=/graphql")
    page.go_back()
    page.goto(f"{site}/graphql")
    expect(page.locator(STATUS)).to_have_text("Not signed in.")

    assert browser.cookies() == []
    assert "Harbor Textiles" not in page.locator(".result-window").inner_text()
    assert page.evaluate(STORED) == [0, 0]
    assert heard.complaints == []
    assert [url for url in heard.asked if not url.startswith((site, "data:"))] == []
    assert not any(secret in url or code in url for url in heard.asked)


def test_after_signing_out_the_cookie_opens_nothing(
    browser: BrowserContext, site: str, code: str
) -> None:
    page = browser.new_page()
    enter(page, site, code)
    kept = browser.cookies()
    page.click('.sign-in button:has-text("Sign out")')
    page.wait_for_url("**/explore/sign-in?to=/graphql")

    browser.add_cookies(kept)  # type: ignore[arg-type]
    status = page.evaluate(CORS, ["/graphql", MUTATION])

    assert status == 401


def test_a_wrong_code_is_told_where_it_was_entered(browser: BrowserContext, site: str) -> None:
    page, heard = browser.new_page(), Heard()
    heard.listen(page)

    page.goto(f"{site}/explore/sign-in")
    page.click("button[type=submit]")
    expect(page.locator("[role=alert]")).to_have_text("Enter the code.")
    page.fill("#code", "22222-22222")
    page.click("button[type=submit]")

    expect(page.locator("[role=alert]")).to_contain_text("This code signs nobody in.")
    expect(page.locator("#code")).to_be_focused()
    expect(page.locator("#code")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Code")).to_be_visible()
    assert browser.cookies() == []
    assert [each for each in heard.complaints if "403" not in each] == []


def test_another_site_does_nothing_with_the_session(
    browser: BrowserContext, site: str, code: str
) -> None:
    page = browser.new_page()
    enter(page, site, code)

    with another_site() as port:  # the same site to a cookie, and another origin
        for elsewhere in (port, port.replace("127.0.0.1", "localhost")):
            other = browser.new_page()
            other.goto(elsewhere)
            for path in ("/graphql", "/explore/sign-out", "/explore/sign-in"):
                for kind in ("text/plain", "application/x-www-form-urlencoded"):
                    sent = other.evaluate(NO_CORS, [site + path, kind, MUTATION])
                    assert sent == "TypeError"  # its answer is for our own origin
                assert other.evaluate(CORS, [site + path, MUTATION]) == "TypeError"
            assert other.evaluate(SOCKET, site.replace("http", "ws") + "/graphql") == 1006
            for path in ("/graphql", "/explore/sign-out"):
                with other.expect_response(site + path) as answered:
                    other.evaluate(FORM, [site + path, "text/plain", MUTATION])
                assert answered.value.status in (403, 415)
                other.wait_for_url(site + path)
                other.goto(elsewhere)
            other.close()

    page.reload()
    expect(page.locator(STATUS)).to_have_text("Signed in: Development viewer")
