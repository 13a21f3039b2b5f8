"""The page at /graphql: it asks this server only, and its own policy stops nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import Heard, chromium

EDITOR = ".graphiql-query-editor .view-line"
ANSWER = ".result-window .view-line"


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


def test_graphiql_answers_under_its_policy_and_asks_nobody_else(
    page: Page, site: str, token: str
) -> None:
    heard = Heard()
    heard.listen(page)

    answer = page.goto(f"{site}/graphql")
    page.wait_for_selector(EDITOR)
    page.wait_for_selector('p[role=status]:has-text("Not signed in.")')
    page.fill("input#token", token)
    page.click('form.token button[type="submit"]')
    page.wait_for_selector('p[role=status]:text-is("Signed in: Development viewer")')
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
    assert heard.complaints == []
    assert [url for url in heard.asked if not url.startswith((site, "data:"))] == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []
    assert token not in page.content()
