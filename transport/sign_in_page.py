"""The page to sign in on: the same for everybody, but for the way in and where it leads."""

from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.responses import Response

from transport.page import OFF

PATH = "/explore/sign-in"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types explorer"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in OFF.split()),
}
UNBUILT = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Account Graph</title>"
    "<p>The page to sign in on is not built: run <code>make setup</code>."
)
TROUBLES = {
    "away": "The sign-in of your organization does not answer now. Try again in a moment.",
    "refused": "The sign-in of your organization did not let you in.",
    "over": "That took too long, or was begun in another window. Sign in again.",
    "unknown": "What the sign-in of your organization says of you is not believed here.",
    "often": "There were too many tries to sign in from your address. Wait five minutes.",
    "apart": "Services and owners of accounts do not sign in on a page: they send a token.",
    "busy": "Nobody can be signed in now. Try again in a moment.",
}
"""What went wrong, by the word for it in the address."""


def shown(folder: Path, way: str, to: str, trouble: str | None, *, done: bool) -> Response:
    """The page built in this folder.

    `way` is `code`, `provider` or `none`; `to` is where it leads, a page that was looked at; `done`
    if somebody has just signed in.
    """
    index = folder / "index.html"
    text = index.read_text(encoding="utf-8") if index.is_file() else UNBUILT
    said = {
        "SIGN-IN-WAY": "done" if done else way,
        "SIGN-IN-QUOTED": quote(to),
        "SIGN-IN-TO": to,
        "SIGN-IN-TROUBLE": TROUBLES.get(trouble or "", ""),
    }
    for word, value in said.items():
        text = text.replace(word, escape(value))
    return Response(text, 200, HEADERS, "text/html; charset=utf-8")
