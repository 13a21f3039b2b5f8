"""Settings of signing in on a page, and which are refused."""

from pathlib import Path

import pytest

from callers import Callers, session_limits
from config import Config, settings
from graph.errors import SetupError

PROVIDER = {
    "issuer": "https://id.example",
    "issuer_client_id": "pages",
    "public_url": "https://graph.example",
}


def test_sessions_last_as_long_as_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = session_limits(Config())
    monkeypatch.setenv("SESSION_IDLE_MINUTES", "10")
    monkeypatch.setenv("SESSION_HOURS", "8")
    monkeypatch.setenv("SESSIONS_PER_PERSON", "1")
    given = session_limits(settings())

    assert (usual.idle.seconds, usual.life.seconds, usual.most) == (1800, 12 * 3600, 5)
    assert (given.idle.seconds, given.life.seconds, given.most) == (600, 8 * 3600, 1)
    for name, value in (("session_hours", 13), ("session_idle_minutes", 0)):
        with pytest.raises(SetupError, match=name.upper()):
            settings(**{name: value})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"issuer": None}, "needs ISSUER, and PUBLIC_URL"),
        ({"public_url": None}, "needs ISSUER, and PUBLIC_URL"),
        ({"public_url": "http://graph.example"}, "by https only"),
        ({"issuer_client_id": "account-graph"}, "is the AUDIENCE"),
    ],
)
def test_a_provider_that_people_could_not_come_back_from_is_refused(
    changes: dict[str, str | None], words: str
) -> None:
    with pytest.raises(SetupError, match=words):
        settings(**{**PROVIDER, **changes})


def test_the_way_in_is_one_of_two(tmp_path: Path) -> None:
    abroad = Config(**PROVIDER, data=tmp_path)  # type: ignore[arg-type]
    tokens_only = Config(issuer="https://id.example", data=tmp_path)

    assert [bool(Callers(each).codes) for each in (abroad, Config(data=tmp_path))] == [False, True]
    assert Callers(abroad).provider(abroad)
    assert Callers(tokens_only).provider(tokens_only) is None


def test_the_secret_of_the_client_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("made by the provider\n")
    config = Config(issuer_client_secret_file=file)
    file.chmod(0o600)

    assert config.issuer_client_secret() == "made by the provider"
    assert Config().issuer_client_secret() is None
    file.chmod(0o640)
    with pytest.raises(SetupError, match="chmod 600"):
        config.issuer_client_secret()
    file.chmod(0o600)
    file.write_text("\n")
    with pytest.raises(SetupError, match="holds no secret"):
        config.issuer_client_secret()
