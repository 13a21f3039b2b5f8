"""The issuer of this machine: its key, its tokens, and what they may not be."""

from pathlib import Path

import jwt
import pytest

from graph.errors import SetupError
from graph.roles import Role
from tests.transport.identity.provider import ISSUER, fixed
from transport.development import Development
from transport.issuers import verify
from transport.tokens import BadToken


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    Development.at(folder, "a")
    first = (folder / "development.key").read_bytes()

    Development.at(folder, "a")

    assert (folder / "development.key").read_bytes() == first
    assert (folder / "development.key").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in folder.iterdir()] == ["development.key"]


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    Development.at(tmp_path, "a")
    (tmp_path / "development.key").chmod(0o640)

    with pytest.raises(SetupError, match="chmod 600"):
        Development.at(tmp_path, "a")


def test_a_file_that_holds_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "development.key").write_text("secret")
    (tmp_path / "development.key").chmod(0o600)

    with pytest.raises(SetupError, match="holds no Ed25519 key"):
        Development.at(tmp_path, "a")


async def test_its_tokens_are_verified_like_all_others(tmp_path: Path) -> None:
    local = Development.at(tmp_path, "a")

    found = await verify(local.token([Role.ADMIN], "M-31", 60), local.issuer, local.keys)

    assert (found.person, found.roles) == ("M-31", frozenset({Role.ADMIN}))
    with pytest.raises(BadToken):
        await verify(local.token([Role.DEVELOPMENT], None, -61), local.issuer, local.keys)


async def test_another_folder_and_another_issuer_do_not_believe_them(tmp_path: Path) -> None:
    one, other = Development.at(tmp_path / "1", "a"), Development.at(tmp_path / "2", "a")
    token = one.token([Role.DEVELOPMENT], None, 60)

    for issuer, keys in ((other.issuer, other.keys), (ISSUER, fixed()), (ISSUER, one.keys)):
        with pytest.raises(BadToken):
            await verify(token, issuer, keys)


def test_a_token_lives_for_an_hour_at_most(tmp_path: Path) -> None:
    local = Development.at(tmp_path, "a")
    told = jwt.decode(local.token([Role.ADMIN], "M-31", 3600), options={"verify_signature": False})

    assert told["exp"] - told["iat"] == 3600
    with pytest.raises(SetupError, match="60 minutes"):
        local.token([Role.ADMIN], "M-31", 3601)
    with pytest.raises(SetupError, match="printable"):
        local.token([Role.ADMIN], "M-31\n", 60)
