"""Where somebody goes who signed in: to one of our own pages, whatever an address says.

Only what is spelt plainly is one. What browsers may read in two ways (`//`, a backslash, an escape,
a point as a whole step) is not looked into: it leads to the first page.
"""

import re

FIRST = "/graphql"
PAGE = re.compile(
    r"/(?:graphql|explore)(?:/[A-Za-z0-9_-][A-Za-z0-9._~-]*)*(?:\?[A-Za-z0-9._~=&-]*)?"
)
SIGN_IN = "/explore/sign-in"
LONGEST = 500


def local(given: str | None) -> str:
    """The page that was meant, or the first one; never the sign-in itself."""
    if given is None or len(given) > LONGEST or not PAGE.fullmatch(given):
        return FIRST
    return FIRST if given.startswith(SIGN_IN) else given
