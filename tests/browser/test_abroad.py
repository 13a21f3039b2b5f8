"""Signing in at another site in a real browser, and coming back signed in to where one was."""

from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright, expect

from graph.session import Graph
from tests.browser.chromium import CHROMIUM, QUIET
from tests.processes import free_port
from tests.transport.identity.authorizing import authorizing, theirs
from tests.transport.signing_in import site

WHO = """async () => {
  const headers = { "content-type": "application/json", "x-account-graph": "1" };
  const body = JSON.stringify({ query: "{ caller }" });
  return (await (await fetch("/graphql", { method: "POST", headers, body })).json()).data.caller;
}"""


async def test_somebody_signs_in_at_another_site(graph: Graph, tmp_path: Path) -> None:
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    async with authorizing() as provider, async_playwright() as playwright:
        provider.url = provider.url.replace("127.0.0.1", "localhost")  # another site to a browser
        client, issuer, keys = theirs(provider, f"{here}/explore/sign-in/back")
        settings: dict[str, Any] = {"provider": client, "believed": (issuer, keys), "port": port}
        async with site(graph, tmp_path, **settings):
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            page = await browser.new_page()
            complaints: list[str] = []
            page.on("console", lambda message: complaints.append(message.text))

            await page.goto(f"{here}/explore/sign-in?to=/graphql#what-i-looked-at")
            await page.click("#provider")
            await page.wait_for_url(f"{here}/graphql#what-i-looked-at")
            name = await page.evaluate(WHO)
            cookies = await page.context.cookies()
            stored = await page.evaluate("[localStorage.length, sessionStorage.length]")
            await page.go_back()
            await expect(page.locator("#provider")).to_be_visible()
            await browser.close()

    assert name == "Ada Mar"
    assert [each["name"] for each in cookies] == ["__Host-session"]
    assert stored == [0, 0]
    assert [each for each in complaints if "Content Security Policy" in each] == []
