"""Verbs about signing in on the pages of a server on this machine."""

import typer

import verbs
from callers import codes
from config import Config, settings
from graph.errors import SetupError
from graph.roles import Role
from transport.sign_in_page import PATH
from verbs import Data, Person, Roles, together

PROVIDER = "People sign in at your identity provider: ISSUER is set."
FIRST = "Sign in at {address}{path} with {code}: it holds for five minutes, once."
ANOTHER = "`account-graph code --data {data}` prints another."


def add_to(app: typer.Typer) -> None:
    """Add these verbs to the others."""
    app.command("code")(code)


def code(
    roles: Roles = None,
    person: Person = None,
    data: Data = None,
) -> None:
    """Print a code to sign in with on the server of this data folder; the last one ends."""
    config = settings(data=data)
    check(config, "")
    held = together(roles)
    with verbs.acted(config):
        made = codes(config).make(held, person)
    verbs.out.print(made, soft_wrap=True, markup=False)


def check(config: Config, user: str | None) -> None:
    """Raises SetupError where somebody is to sign in by a code, and there are none."""
    if config.issuer is not None and user is not None:
        raise SetupError(PROVIDER)


def first(config: Config, address: str, user: str | None) -> None:
    """Print a code for who has just started a server."""
    made = codes(config).make({Role.DEVELOPMENT}, user)
    told = FIRST.format(address=address, path=PATH, code=made)
    verbs.terminal.print(told, soft_wrap=True, markup=False)
    verbs.terminal.print(ANOTHER.format(data=config.data), soft_wrap=True, markup=False)
