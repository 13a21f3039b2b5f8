"""The GraphiQL page, for browsers that open the endpoint."""

import gzip
import secrets
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from transport.answers import EVENTS, HTML, JSON, RESPONSE, preferred

NONCE = "STYLE-NONCE"  # what the build writes where each answer gets a fresh one
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-elem 'self'"
    " 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'"
    " data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
OFF = (
    "accelerometer aria-notify autoplay browsing-topics camera captured-surface-control "
    "clipboard-read compute-pressure cross-origin-isolated deferred-fetch "
    "deferred-fetch-minimal digital-credentials-create digital-credentials-get display-capture "
    "encrypted-media fullscreen gamepad geolocation gyroscope hid identity-credentials-get "
    "idle-detection interest-cohort keyboard-map language-detector language-model local-fonts "
    "local-network local-network-access loopback-network magnetometer "
    "media-playback-while-not-visible microphone midi on-device-speech-recognition "
    "otp-credentials payment picture-in-picture private-state-token-issuance "
    "private-state-token-redemption publickey-credentials-create publickey-credentials-get "
    "screen-wake-lock serial speaker-selection storage-access summarizer sync-xhr translator "
    "unload usb window-management xr-spatial-tracking"
)
"""All that a page can be allowed, but for the hints about the browser itself (`ch-`)."""
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    # The button that copies a query is the one thing that needs any.
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in OFF.split()), "clipboard-write=(self)"]
    ),
}
UNBUILT = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Account Graph</title>"
    "<p>The GraphiQL page is not built: run <code>make setup</code>. POST answers without it."
)
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}
PACKED = (".woff2",)


class Page:
    """ASGI application: the page to browsers, the endpoint to everybody else."""

    def __init__(self, endpoint: ASGIApp, folder: Path) -> None:
        """Show the build in `folder`: index.html and assets/."""
        self._endpoint = endpoint
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look who asks."""
        request = Request(scope)
        if request.method in ("GET", "HEAD") and _is_browser(request):
            await self._page()(scope, receive, send)
        else:
            await self._endpoint(scope, receive, send)

    def assets(self, path: str) -> Route:
        """The route of the files that the page loads."""
        return assets(self._folder, path)

    def _page(self) -> Response:
        index = self._folder / "index.html"
        text = index.read_text(encoding="utf-8") if index.is_file() else UNBUILT
        nonce = secrets.token_urlsafe(16)
        headers = {**HEADERS, "Content-Security-Policy": POLICY.format(nonce=nonce)}
        return Response(text.replace(NONCE, nonce), 200, headers, "text/html; charset=utf-8")


def assets(folder: Path, path: str) -> Route:
    """The route of the files that the page built in this folder loads."""

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        file = folder / "assets" / name
        if name.startswith(".") or "\\" in name or not file.is_file():
            return Response("Not found.\n", 404, media_type="text/plain")
        return _asset(file, "gzip" in request.headers.get("accept-encoding", ""))

    return Route(path + "/assets/{name}", asset)


def _is_browser(request: Request) -> bool:
    wish = preferred(request.headers.get("accept"), (HTML, JSON, RESPONSE, EVENTS))
    return wish == HTML and not {"query", "documentId"} & request.query_params.keys()


def _asset(file: Path, packed: bool) -> Response:
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",  # names hold a hash
        "Vary": "Accept-Encoding",
        "Content-Type": TYPES.get(file.suffix, "application/octet-stream"),
    }
    if not packed or file.suffix in PACKED:
        return Response(file.read_bytes(), 200, headers)
    return Response(_gzip(file), 200, {**headers, "Content-Encoding": "gzip"})


@lru_cache(maxsize=128)
def _gzip(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6)
