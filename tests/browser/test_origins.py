"""A page of another site in a browser: it may ask if it is listed, and never with cookies."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from playwright.async_api import Page, async_playwright

from tests.transport.serving import authenticate, generous, running
from transport import Doors

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ASK = """async ([url, method, token, extra]) => {
  const headers = { "authorization": `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify({ query: "{ caller }" });
  try {
    const answer = await fetch(url, { method, headers, body, ...extra });
    return [answer.status, answer.headers.get("x-request-id") !== null];
  } catch (error) { return error.name; }
}"""


class Blank(BaseHTTPRequestHandler):
    """A page without anything."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<p>a page")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def site() -> Iterator[str]:
    """A site of its own."""
    server = HTTPServer(("127.0.0.1", 0), Blank)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


async def told(page: Page, url: str, method: str = "POST", token: str = "Ada", **extra: str) -> Any:
    return await page.evaluate(ASK, [url, method, token, extra])


async def test_a_browser_lets_a_listed_site_ask_and_no_other() -> None:
    with site() as listed, site() as other:
        doors = Doors(authenticate, allowance=generous, origins=[listed])
        async with running(doors, jobs=lambda _: None) as one, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            page = await browser.new_page()
            await page.goto(listed)
            asked = await told(page, one.graphql)
            sent = await told(page, f"{one.url}/jobs/J-1/file/none", "PUT", "?")
            cookies = await told(page, one.graphql, credentials="include")
            await page.goto(other)
            refused = await told(page, one.graphql)
            await browser.close()

    assert asked == [200, True]
    assert sent == [401, True]  # it was sent, and its answer could be read
    assert (cookies, refused) == ("TypeError", "TypeError")
