"""The sockets that a process listens on."""

from pathlib import Path

LISTENS = "0A"


def listening(pid: int) -> list[str]:
    """The listening TCP sockets of a process, as the kernel writes them."""
    links = [target for link in Path(f"/proc/{pid}/fd").iterdir() if (target := _target(link))]
    inodes = {link.removeprefix("socket:[").rstrip("]") for link in links if "socket:[" in link}
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
    ]
    return [row[1] for row in rows if row[3] == LISTENS and row[9] in inodes]


def _target(link: Path) -> str | None:
    """Where a descriptor leads; None for one that was closed since it was listed."""
    try:
        return str(link.readlink())
    except FileNotFoundError:
        return None
