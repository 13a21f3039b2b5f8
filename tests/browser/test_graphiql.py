"""The page at /graphql: it asks this server only, and its own policy stops nothing."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
EDITOR = ".graphiql-query-editor .view-line"
ANSWER = ".result-window .view-line"


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser.new_page(viewport={"width": 1400, "height": 900})
        browser.close()


def test_graphiql_answers_under_its_policy_and_asks_nobody_else(
    page: Page, site: str, token: str
) -> None:
    complaints: list[str] = []
    asked: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", told)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    answer = page.goto(f"{site}/graphql")
    page.wait_for_selector(EDITOR)
    page.wait_for_selector('p[role=status]:has-text("Not signed in.")')
    page.fill("input#token", token)
    page.click('form.token button[type="submit"]')
    page.wait_for_selector('p[role=status]:text-is("Signed in.")')
    page.click("button.graphiql-execute-button")
    page.wait_for_selector(f'{ANSWER}:has-text("Harbor Textiles")')
    for button in ("Show Documentation Explorer", "Show History", "Show Examples"):
        page.click(f'button[aria-label="{button}"]')
    page.click('button[aria-label="Open settings dialog"]')
    page.click('button:has-text("Dark")')
    page.keyboard.press("Escape")
    page.click(EDITOR)
    page.keyboard.press("F1")
    page.wait_for_selector(".quick-input-widget")

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("Escape")
    page.click('button[aria-label^="Copy query"]')

    assert answer is not None
    allowed = page.evaluate("document.featurePolicy.allowedFeatures()")
    assert [name for name in allowed if not name.startswith("ch-")] == ["clipboard-write"]
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert complaints == []
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []
    assert token not in page.content()
