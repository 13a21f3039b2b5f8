"""Receivers on this machine that keep what they are sent: a collector, and one of webhooks."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import trustme


@contextmanager
def hooked(folder: Path) -> Iterator[tuple[str, Path, list[tuple[str, bytes]]]]:
    """A receiver of webhooks at localhost: host and port, its authority, and each request."""
    authority, file = trustme.CA(), folder / "webhook-ca.pem"
    authority.cert_pem.write_to_path(str(file))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    with receiving(tls=context) as (address, sent):
        yield address.rpartition("/")[2].replace("127.0.0.1", "localhost"), file, sent


@contextmanager
def receiving(
    status: int = 200, tls: ssl.SSLContext | None = None
) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Where it listens, and the path, headers and body of each request."""
    sent: list[tuple[str, bytes]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sent.append((self.path, bytes(self.headers) + body if tls else body))
            self.send_response(status)
            self.send_header("location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", sent
    finally:
        server.shutdown()
        server.server_close()
