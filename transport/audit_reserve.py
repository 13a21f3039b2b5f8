"""Room beside the audit, for the entries of what already runs when the disk is full."""

import os
from contextlib import suppress
from pathlib import Path


class Reserve:
    """A file that is given up when nothing else can be written, and taken again later."""

    def __init__(self, path: Path, room: int) -> None:
        """Hold nothing yet; without `room`, in bytes, there is never anything to hold."""
        self.path, self.room = path, room
        self.held = False

    def take(self) -> None:
        """Take the room. Raises OSError; then nothing is left of the attempt."""
        if not self.room:
            return
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(file, 0, self.room)
        except OSError:
            self.give_up()  # a part of it would be missed by what runs
            raise
        finally:
            os.close(file)
        self.held = True

    def give_up(self) -> None:
        """Leave the room to entries."""
        self.held = False
        with suppress(OSError):
            self.path.unlink()
