"""What can go wrong below the API.

GraphError
├── BadInput          the caller's mistake: names the field and the remedy
│   ├── CursorInvalid   a cursor that is not of this list
│   └── CursorExpired   a cursor of the change log after which changes were missed
├── Forbidden         the caller lacks a permission
├── TimedOut          a statement ran past its time limit
├── LimitExceeded     a statement needed more memory than one may have
│   └── TooSlow         a stream's client takes its events too slowly
├── Unavailable       the database does not answer
│   └── Unsent          refused before anything was sent to it: nothing was done
├── Unconfirmed       a commit without a bookmark: nothing stored, or unknown
└── SetupError        the product cannot start, load or migrate like this: says what to do
"""


class GraphError(Exception):
    """Anything this package raises on purpose; `code` is the API's stable error code."""

    code = "INTERNAL_SERVER_ERROR"


class BadInput(GraphError):
    """The caller's mistake."""

    code = "BAD_USER_INPUT"


class CursorInvalid(BadInput):
    """A cursor that is not of this list in this order and filter."""

    code = "CURSOR_INVALID"


class CursorExpired(BadInput):
    """A cursor of the change log after which changes were missed: they are no longer kept."""

    code = "CURSOR_EXPIRED"

    def __init__(self, message: str, earliest: str) -> None:
        """Tell the cursor of the oldest change still kept."""
        super().__init__(message)
        self.extensions = {"earliest": earliest}


class Unauthenticated(GraphError):
    """Nobody is signed in."""

    code = "UNAUTHENTICATED"


class Forbidden(GraphError):
    """The caller lacks a permission."""

    code = "FORBIDDEN"


class TimedOut(GraphError):
    """A statement ran past its time limit."""

    code = "TIMED_OUT"


class RateLimited(GraphError):
    """The caller asked this too often."""

    code = "RATE_LIMITED"


class LimitExceeded(GraphError):
    """A statement needed more memory than one may have."""

    code = "LIMIT_EXCEEDED"


class TooSlow(LimitExceeded):
    """A stream whose client takes its events too slowly."""

    def __init__(self, message: str, cursor: str) -> None:
        """Tell the cursor of the last event that was taken."""
        super().__init__(message)
        self.extensions = {"cursor": cursor}


class Unavailable(GraphError):
    """The database does not answer."""

    code = "UNAVAILABLE"


class Unsent(Unavailable):
    """Refused before anything was sent to the database: nothing was done."""


class Unconfirmed(GraphError):
    """A commit was answered without a bookmark: nothing is stored, or it is not known."""

    code = "UNAVAILABLE"


class SetupError(GraphError):
    """The product cannot start, load or migrate like this; the message says what to do."""
