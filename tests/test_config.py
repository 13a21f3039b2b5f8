"""Settings: where they come from, and which are refused."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config import Allowance, Config, settings
from graph.address import Address
from graph.errors import SetupError
from graph.roles import Role


def test_without_an_address_the_local_database_is_meant() -> None:
    assert Config().address() is None


def test_an_address_comes_with_user_password_and_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH_URI", "neo4j+s://graph.example")
    monkeypatch.setenv("GRAPH_USER", "reader")
    monkeypatch.setenv("GRAPH_PASSWORD", "a secret")
    monkeypatch.setenv("GRAPH_DATABASE", "accounts")

    address = Config().address()

    assert address == Address("neo4j+s://graph.example", "reader", "a secret", "accounts")
    assert "a secret" not in repr(address) + repr(Config())


def test_the_password_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("from a file\n", encoding="utf-8")

    config = Config(graph_uri="bolt+s://graph.example", graph_password_file=file)

    assert config.address() == Address("bolt+s://graph.example", "neo4j", "from a file")


def test_a_password_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    config = Config(graph_uri="bolt+s://graph.example", graph_password_file=tmp_path / "none")

    with pytest.raises(SetupError, match="GRAPH_PASSWORD_FILE cannot be read"):
        config.address()


@pytest.mark.parametrize(
    "uri",
    [
        "bolt://graph.example",
        "neo4j://10.1.2.3:7687",
        "bolt+ssc://graph.example",  # believes any certificate
        "bolt://127.0.0.1.graph.example",
        "bolt://[2001:db8::1]",
        "graph.example",
    ],
)
def test_another_machine_is_reached_over_tls_only(uri: str) -> None:
    with pytest.raises(SetupError, match="without encryption"):
        Config(graph_uri=uri).address()


@pytest.mark.parametrize(
    "uri",
    [
        *("bolt://127.0.0.1:7687", "neo4j://localhost", "bolt://[::1]:7687"),
        *("bolt+s://graph.example", "neo4j+s://10.1.2.3"),
    ],
)
def test_this_machine_is_reached_as_it_is_and_others_over_tls(uri: str) -> None:
    found = Config(graph_uri=uri).address()

    assert found is not None
    assert found.uri == uri


def test_two_passwords_are_one_too_many(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="not both"):
        Config(graph_password="x", graph_password_file=tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_the_loopback_may_be_listened_at(host: str) -> None:
    Config(host=host).check_host()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "graph.example", ""])
def test_any_other_address_is_refused_while_tokens_are_our_own(host: str) -> None:
    with pytest.raises(SetupError, match="no identity provider is configured"):
        Config(host=host).check_host()


def test_with_an_issuer_any_address_may_be_listened_at() -> None:
    Config(host="0.0.0.0", issuer="https://id.example").check_host()


def test_lists_stand_between_commas_and_roles_by_their_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOSTS", "graph.example, graph.internal")
    monkeypatch.setenv("ISSUER_ALGORITHMS", "ES256")
    monkeypatch.setenv("ISSUER_ROLES", '{"cbp-hq": "HQ_ANALYST"}')

    config = settings()

    assert config.hosts == ("graph.example", "graph.internal")
    assert config.issuer_algorithms == ("ES256",)
    assert config.issuer_roles == {"cbp-hq": Role.HQ_ANALYST}


@pytest.mark.parametrize("algorithms", ["HS256", "none", "RS256,HS256", ""])
def test_no_algorithm_is_allowed_but_four(monkeypatch: pytest.MonkeyPatch, algorithms: str) -> None:
    monkeypatch.setenv("ISSUER_ALGORITHMS", algorithms)

    with pytest.raises(SetupError, match="ISSUER_ALGORITHMS: Give some of"):
        settings()


def test_a_provider_may_not_give_the_development_role() -> None:
    with pytest.raises(SetupError, match="role of the local issuer only"):
        settings(issuer_roles={"cbp-hq": "DEVELOPMENT"})


def test_a_refused_setting_is_told_by_the_name_of_its_variable() -> None:
    with pytest.raises(SetupError, match="PORT: Input should be less than"):
        settings(port=99999)


def test_what_a_caller_may_do_is_set_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMITS_CALLER", '{"restore": 50}')
    monkeypatch.setenv("LIMITS_ROLES", '{"INTEGRATOR": {"points": 9000, "at_once": 16}}')

    config = Config()

    assert config.limits_caller == Allowance(points=2_000, restore=50, at_once=8)
    assert config.limits_roles["INTEGRATOR"].points == 9_000


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("LIMITS_CALLER", '{"points": 999}', "greater than or equal to 1000"),
        ("LIMITS_CALLER", '{"pionts": 5000}', "Extra inputs are not permitted"),
        ("LIMITS_STORAGE", "memcached://a", "Say memory, or redis://HOST:PORT"),
        ("TRUSTED_ONLY", "true", "give TRUSTED_DOCUMENTS"),
    ],
)
def test_limits_that_cannot_be_kept_are_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SetupError, match=words):
        settings()
