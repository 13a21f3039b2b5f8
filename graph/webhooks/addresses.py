"""Where webhooks may be sent to: https, a port that is listed, and nothing that is not public.

A URL is read by one pattern, here, and never again: what was judged is what is connected to.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

LONGEST = 2000  # characters
HTTPS = 443
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
URL = re.compile(
    rf"https://(?P<host>\[[0-9A-Fa-f:.]+\]|{LABEL}(?:\.{LABEL})*)(?::(?P<port>[1-9][0-9]{{0,4}}))?"
    r"(?P<target>[/?][A-Za-z0-9._~:/?@!$&'()*+,;=%-]*)?",
    re.ASCII,
)
NUMERIC = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*", re.ASCII)  # what libraries read as an IPv4 part
INSIDE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa")
INSIDE = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
            *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24"),
            *("192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"),
            *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            # Of IPv6 what leads to IPv4 (Teredo, 6to4), and what no network routes.
            *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
        ),
    )
)
"""Networks that are never sent to, whatever the library says of them from version to version."""
GLOBAL = ip_network("2000::/3")  # all that is given out of IPv6
ISATAP = re.compile(r"(?:0000|0200):5efe:[0-9a-f]{4}:[0-9a-f]{4}", re.ASCII)  # leads to IPv4 too
SYNTAX = (
    "This is no address that webhooks are sent to. Write https://, a host name in ASCII, a port"
    " only if it is another than 443, a path and a query: no user, no password, no fragment."
)
TOO_LONG = f"An address has at most {LONGEST} characters. Give a shorter one."
PORT = "Port {} is not sent to. Use 443, or ask the operator to list it in WEBHOOK_PORTS."
PRIVATE = (
    "This host is not on the public Internet, and nothing else is sent to. Give the name of a"
    " server that everybody can reach."
)
Address = IPv4Address | IPv6Address


class NotSent(Exception):
    """An address that nothing is sent to; says why."""


@dataclass(frozen=True, slots=True)
class Receivers:
    """What the operator adds: `ports`, and `inside` for tests, whose certificates `ca` signed.

    `inside` are hosts with their ports that are sent to wherever they are: whoever may register a
    webhook then reaches them too.
    """

    ports: frozenset[int] = frozenset()
    inside: frozenset[tuple[str, int]] = frozenset()
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """An address, taken apart; `trusted` if it is one of the operator's for tests."""

    host: str
    port: int
    path: str
    trusted: bool = False

    @property
    def authority(self) -> str:
        """As the Host header names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS else f"{host}:{self.port}"


def target(url: str, receivers: Receivers) -> Target:
    """What an address leads to. Raises NotSent for one that nothing is sent to."""
    if len(url) > LONGEST:
        raise NotSent(TOO_LONG)
    found = URL.fullmatch(url)
    port = int(found["port"] or HTTPS) if found else 0
    if found is None or port > 65_535:
        raise NotSent(SYNTAX)
    host, path = found["host"].lower().strip("[]"), found["target"] or "/"
    path = path if path.startswith("/") else f"/{path}"
    if (host, port) in receivers.inside:
        return Target(host, port, path, trusted=True)
    if port != HTTPS and port not in receivers.ports:
        raise NotSent(PORT.format(port))
    if not _may_be_public(host):
        raise NotSent(PRIVATE)
    return Target(host, port, path)


def public(address: Address) -> bool:
    """Whether an address is one of the public Internet, and leads to no other."""
    if any(address in network for network in INSIDE if network.version == address.version):
        return False
    if isinstance(address, IPv6Address):
        interface = address.exploded[20:]
        return address in GLOBAL and address.is_global and not ISATAP.fullmatch(interface)
    return address.is_global


def _may_be_public(host: str) -> bool:
    """Whether a host, which has not been looked up yet, may be on the public Internet."""
    try:
        return public(ip_address(host))
    except ValueError:
        labels = host.split(".")
    if ":" in host or len(host) > 253 or len(labels) < 2 or NUMERIC.fullmatch(labels[-1]):
        return False
    return not any(host == name or host.endswith(f".{name}") for name in INSIDE_NAMES)
