"""Settings of what stands between clients and the server, and which are refused."""

from pathlib import Path

import pytest

from config import Config
from graph.errors import SetupError


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
