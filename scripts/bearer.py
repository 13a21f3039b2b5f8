"""Print the value of an Authorization header: `python -m scripts.bearer FOLDER [SECONDS]`.

For the kit's TOKEN_COMMAND, which appends the seconds; a negative number makes one that has ended.
"""

import sys
from pathlib import Path

from config import settings
from graph.roles import Role
from transport.development import Development


def bearer(folder: Path, seconds: float = 3600.0, role: Role = Role.DEVELOPMENT) -> str:
    """A header value for the server of a data folder."""
    local = Development.at(folder, settings().audience)
    return "Bearer " + local.token([role], None, seconds)


if __name__ == "__main__":
    place, *more = sys.argv[1:]
    given = bearer(Path(place), float(more[0]) if more else 3600.0)
    sys.stdout.write(given + "\n")
