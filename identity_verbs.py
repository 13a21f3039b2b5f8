"""Verbs about who may ask: tokens for local use, keys of services, owners, revocations."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

import verbs
from config import settings
from graph import registry
from graph.commands import identity
from graph.commands import owners as owning
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.load import rotation
from graph.load.rotation import Rotated
from graph.local_conf import holds
from graph.opening import Place
from graph.session import PATIENT, connect
from graph.terms import Permission
from transport.development import Development
from verbs import Data, Person, Roles, together

UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
CENTER = re.compile(r"CEE0(0[1-9]|10)")
KEPT = (
    "Some social security numbers still have the key before this one: load or write them once more,"
    " or give them up with --forget. They could not be found any more."
)
NO_GRAPH = "There is no graph in {}, so there is no key to rotate. Say by --data where it is."
NO_KEY = (
    "There is no key in {}: a new one would follow none, and numbers would not be found any more."
    " Say by IDENTIFIER_KEY_FILE where it is."
)
ROTATED = (
    "{:,} numbers have the new key. {:,} social security numbers keep the one before until they are"
    " loaded or written again; both are in the key's file. Start the servers again."
)
keys = typer.Typer(no_args_is_help=True, callback=verbs.naming, help="Keys of services.")
owners = typer.Typer(no_args_is_help=True, callback=verbs.naming, help="Owners of accounts.")


def add_to(app: typer.Typer) -> None:
    """Add these verbs to the others."""
    app.command("token")(token)
    app.command("revoke")(revoke)
    app.command("rotate-key")(rotate_key)
    app.add_typer(keys, name="key")
    app.add_typer(owners, name="owner")


def seconds(text: str) -> float:
    """A time such as `60m`, `90s`, `1h` or `30d`; without a unit, seconds."""
    found = re.fullmatch(r"(-?[0-9]{1,9})([smhd]?)", text.strip())
    if found is None:
        raise SetupError("A time is a number with s, m, h or d, such as 60m.")
    return float(int(found[1]) * UNITS[found[2]])


def token(
    roles: Roles = None,
    person: Person = None,
    life: Annotated[str, typer.Option("--for", help="How long it holds, 60m at most.")] = "60m",
    header: Annotated[
        bool, typer.Option("--header", help="Print the value of the header: Bearer TOKEN.")
    ] = False,
    data: Data = None,
) -> None:
    """Print a token for the server of this data folder, where no identity provider is set."""
    config = settings(data=data)
    if config.issuer is not None:
        raise SetupError("Tokens come from your identity provider: ISSUER is set.")
    held = together(roles)
    local = Development.at(config.data, config.audience)
    with verbs.acted(config):
        made = local.token(held, person, seconds(life))
    verbs.out.print(f"Bearer {made}" if header else made, soft_wrap=True, markup=False)


@keys.command("create")
def create_key(
    service: Annotated[str, typer.Argument(help="Name of the service.")],
    rights: Annotated[
        list[Permission] | None,
        typer.Option("--right", help="What it may do, once for each; as before if not given."),
    ] = None,
    centers: Annotated[
        list[str] | None,
        typer.Option("--center", help="Only for the accounts of this Center, once for each."),
    ] = None,
    life: Annotated[str, typer.Option("--for", help="How long it holds, 90d at most.")] = "90d",
    data: Data = None,
) -> None:
    """Register a service, for all accounts or some Centers', and print a key: shown this once."""
    if not NAME.fullmatch(service):
        raise SetupError("A service's name has letters, digits, `.`, `_` and `-`; 64 at most.")
    if any(not CENTER.fullmatch(code) for code in centers or ()):
        raise SetupError("A Center is given by its code, CEE001 to CEE010.")
    lasts = timedelta(seconds=seconds(life))
    made = verbs.run(
        settings(data=data),
        lambda graph, _: identity.create_key(
            graph, service, rights, lasts, datetime.now(UTC), centers
        ),
    )
    verbs.terminal.print(f"Key {made.id} of {service}; keep it, it is not shown again:")
    verbs.out.print(made.text, soft_wrap=True, markup=False)


@keys.command("list")
def list_keys(data: Data = None) -> None:
    """List all keys: id, service, state, end and what the service may do."""
    known = verbs.run(settings(data=data), lambda graph, _: registry.read(graph))
    now = datetime.now(UTC)
    for key in sorted(known.keys.values(), key=lambda key: (key.service, key.at)):
        state = "revoked" if key.revoked else "holds" if key.holds(now) else "expired"
        rights = ",".join(sorted(known.services.get(key.service, ())))
        told = f"{key.id}  {key.service}  {state}  {key.expires:%Y-%m-%d}  {rights}"
        if centers := known.centers.get(key.service):
            told += f"  {','.join(sorted(centers))}"
        verbs.out.print(told, soft_wrap=True, markup=False)


@keys.command("revoke")
def revoke_key(
    id: Annotated[str, typer.Argument(help="Id of the key, as `key list` shows it.")],
    data: Data = None,
) -> None:
    """Let a key hold no longer; in force within five seconds."""
    verbs.run(
        settings(data=data), lambda graph, _: identity.revoke_key(graph, id, datetime.now(UTC))
    )
    verbs.terminal.print(f"Key {id} is revoked.", markup=False)


@owners.command("register")
def register_owner(
    sub: Annotated[str, typer.Argument(help="Subject of their tokens, the claim `sub`.")],
    accounts: Annotated[
        list[str], typer.Option("--account", help="Id of an account, once for each: A-1001.")
    ],
    life: Annotated[str, typer.Option("--for", help="For how long, 366d at most.")] = "365d",
    data: Data = None,
) -> None:
    """Let an owner read these accounts and no others; what was registered before counts no more."""
    lasts, now = timedelta(seconds=seconds(life)), datetime.now(UTC)
    verbs.run(
        settings(data=data), lambda graph, _: owning.register(graph, sub, accounts, lasts, now)
    )
    verbs.terminal.print(f"Registered until {now + lasts:%Y-%m-%d}.")


@owners.command("list")
def list_owners(data: Data = None) -> None:
    """List all owners: state, end, accounts and subject."""
    known = verbs.run(settings(data=data), lambda graph, _: registry.read(graph))
    now = datetime.now(UTC)
    for sub, owner in sorted(known.owners.items()):
        state = "revoked" if owner.revoked else "holds" if owner.holds(now) else "ended"
        ids = ",".join(sorted(key.partition(":")[2] for key in owner.accounts))
        told = f"{state}  {owner.expires:%Y-%m-%d}  {ids}  {sub}"
        verbs.out.print(told, soft_wrap=True, markup=False)


@owners.command("revoke")
def revoke_owner(
    sub: Annotated[str, typer.Argument(help="Subject, as `owner list` shows it.")],
    data: Data = None,
) -> None:
    """Let an owner read no longer; in force within five seconds."""
    verbs.run(settings(data=data), lambda graph, _: owning.revoke(graph, sub, datetime.now(UTC)))
    verbs.terminal.print("The registration is revoked.")


def revoke(
    sub: Annotated[
        str | None, typer.Option("--sub", help="Subject whose tokens are all refused.")
    ] = None,
    jti: Annotated[str | None, typer.Option("--jti", help="Id of the one token refused.")] = None,
    lift: Annotated[
        bool, typer.Option("--lift", help="Accept the subject's tokens again.")
    ] = False,
    data: Data = None,
) -> None:
    """Refuse tokens before they end; in force within five seconds."""
    if (sub is None) is (jti is None) or (lift and sub is None):
        raise SetupError("Give --sub or --jti; --lift goes with --sub.")
    now = datetime.now(UTC)
    config = settings(data=data)
    if jti is not None:
        verbs.run(config, lambda graph, _: identity.revoke_token(graph, jti, now))
    elif sub is not None and lift:
        verbs.run(config, lambda graph, _: identity.lift(graph, sub))
    elif sub is not None:
        verbs.run(config, lambda graph, _: identity.revoke_subject(graph, sub, now))
    verbs.terminal.print("Lifted." if lift else "Revoked.")


def rotate_key(
    forget: Annotated[
        bool,
        typer.Option("--forget", help="Give up numbers that still have the key before this one."),
    ] = False,
    data: Data = None,
) -> None:
    """Make a new key to look importer numbers up with; stop the servers of this graph first."""
    config = settings(data=data)
    if config.graph_uri is None and not holds(config.data):
        raise SetupError(NO_GRAPH.format(config.data))
    if not config.identifier_key_file.exists():
        raise SetupError(NO_KEY.format(config.identifier_key_file))

    async def work(found: Place) -> Rotated:
        async with connect(found.address, PATIENT) as graph:
            await verbs.prepare(graph)
            key = IdentifierKey.at(config.identifier_key_file)
            new = await rotation.rotated(graph, key, forget=forget)
            if new is None:
                raise SetupError(KEPT)
            new.put(config.identifier_key_file)  # first: a number is never without its key
            return await rotation.rekeyed(graph, new)

    with verbs.place(config, alone=True) as found:
        done = asyncio.run(work(found))
    verbs.terminal.print(ROTATED.format(done.moved, done.left), soft_wrap=True)
