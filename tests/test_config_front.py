"""Settings of what stands between clients and the server, and which are refused."""

from pathlib import Path

import pytest
import trustme

from config import Config, settings
from graph.errors import SetupError
from graph.webhooks import Receivers


def test_the_token_of_the_metrics_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("a1" * 32 + "\n")
    file.chmod(0o600)

    assert Config(metrics_token_file=file).metrics_token() == "a1" * 32
    assert Config().metrics_token() is None


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        (b"a1" * 32, 0o640, "Others may read METRICS_TOKEN_FILE: run `chmod 600"),
        (b"short", 0o600, "at least 32 letters and digits. Make one: `openssl rand -hex 32`"),
        (b"\xff" * 40, 0o600, "at least 32 letters"),
        (b"a b" * 20, 0o600, "at least 32 letters"),
        (None, 0o600, r"cannot be read \(No such file or directory\)"),
    ],
)
def test_a_token_that_others_know_or_could_guess_is_refused(
    tmp_path: Path, content: bytes | None, mode: int, words: str
) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
        file.chmod(mode)

    with pytest.raises(SetupError, match=words):
        Config(metrics_token_file=file).metrics_token()


def test_proxies_are_addresses_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXIES", "192.0.2.7, 10.0.0.0/8,2001:db8::/48")

    assert list(map(str, settings().proxies)) == ["192.0.2.7/32", "10.0.0.0/8", "2001:db8::/48"]
    assert Config().proxies_header == "x-forwarded-for"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("*", "PROXIES: .*is no address or network. Write 192.0.2.7 or 192.0.2.0/24"),
        ("proxy.example", "is no address or network"),
        ("10.0.0.1/8", "is no address or network"),
        ("0.0.0.0/0", "is everybody. List the proxies only"),
        ("192.0.2.7,::/0", "is everybody"),
    ],
)
def test_proxies_that_anybody_could_be_are_refused(
    monkeypatch: pytest.MonkeyPatch, given: str, words: str
) -> None:
    monkeypatch.setenv("PROXIES", given)

    with pytest.raises(SetupError, match=words):
        settings()


def test_the_header_of_proxies_is_one_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXIES_HEADER", "x-real-ip")

    with pytest.raises(SetupError, match="PROXIES_HEADER: "):
        settings()


def test_sites_are_listed_as_browsers_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    sites = ("https://app.example", "https://app.example:8443", "http://127.0.0.1:3000")
    monkeypatch.setenv("CORS_ORIGINS", ", ".join((*sites, "http://[::1]:3000")))

    assert settings().cors_origins == (*sites, "http://[::1]:3000")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("*", r"CORS_ORIGINS: .*No site is let in by `\*`: list each"),
        ("https://*.example", "No site is let in by"),
        ("null", "is no site as browsers write it"),
        ("https://app.example/", "is no site"),
        ("https://App.example", "is no site"),
        ("https://app.example:443", "a port only if it is not the usual one"),
        ("https://ada:secret@app.example", "is no site"),
        ("app.example", "is no site"),
        ("ftp://app.example", "is no site"),
        ("https://app.example:x", "is no site|Port could not"),
        ("http://app.example", "could be changed on its way"),
    ],
)
def test_all_sites_and_unsafe_ones_are_refused(
    monkeypatch: pytest.MonkeyPatch, given: str, words: str
) -> None:
    monkeypatch.setenv("CORS_ORIGINS", f"https://fine.example,{given}")

    with pytest.raises(SetupError, match=words):
        settings()


def test_a_collector_is_reached_safely(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("https://collector.example:4318", "http://127.0.0.1:4318"):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        assert settings().otel_exporter_otlp_endpoint == address


def test_a_collector_that_is_sent_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example:4318")
    monkeypatch.setenv("OTEL_SDK_DISABLED", "True")

    with pytest.raises(SetupError, match="Unset OTEL_SDK_DISABLED"):
        settings()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("http://collector.example:4318", "OTEL_EXPORTER_OTLP_ENDPOINT: .*by https"),
        ("collector.example:4318", "no address of a collector. Write https://"),
        ("https://ada:secret@collector.example", "no address of a collector"),
    ],
)
def test_a_collector_that_others_could_speak_for_is_refused(
    monkeypatch: pytest.MonkeyPatch, given: str, words: str
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", given)

    with pytest.raises(SetupError, match=words):
        settings()


def test_a_server_sends_webhooks_unless_it_is_told_not_to(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings().webhooks
    monkeypatch.setenv("WEBHOOKS", "false")

    assert not settings().webhooks


def test_receivers_of_webhooks_are_listed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert settings().receivers() == Receivers()
    authority = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(authority))
    monkeypatch.setenv("WEBHOOK_PORTS", "8443, 9443")
    monkeypatch.setenv("WEBHOOK_TEST_RECEIVERS", "Localhost:1443,[::1]:1444")
    monkeypatch.setenv("WEBHOOK_TEST_CA", str(authority))

    found = settings().receivers()

    assert found.ports == {8443, 9443}
    assert found.inside == {("localhost", 1443), ("::1", 1444)}
    assert found.ca == authority
    authority.write_text("none")
    with pytest.raises(SetupError, match="WEBHOOK_TEST_CA cannot be read"):
        settings().receivers()


@pytest.mark.parametrize(
    ("name", "value"),
    [("WEBHOOK_PORTS", "0"), ("WEBHOOK_PORTS", "x"), ("WEBHOOK_TEST_RECEIVERS", "localhost")],
)
def test_a_receiver_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SetupError, match=name):
        settings()
