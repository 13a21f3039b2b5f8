"""How a trace is read: `syncs.py`, at night, believes this."""

import pytest

from tests.kills.traced import calls, synced

LOG = "/g/data/transactions/neo4j/neostore.transaction.db.0"
WRITE = f'7 100.000000 write(30<{LOG}>, "\\2\\0kept(1) = 2\\n", 14) = 14 <0.000100>'
SYNC = f"7 100.001000 fdatasync(30<{LOG}>) = 0 <0.002000>"


@pytest.mark.parametrize(
    ("lines", "begun"),
    [
        pytest.param([WRITE, SYNC], 100.001, id="after"),
        pytest.param([WRITE, SYNC.replace("= 0 <", "= 0 (DELAYED) <")], 100.001, id="held up"),
        pytest.param(
            [
                f'7 100.000000 pwrite64(30<{LOG}>, "kept", 4, 9 <unfinished ...>',
                f"8 100.000005 fdatasync(30<{LOG}> <unfinished ...>",
                "7 100.000020 <... pwrite64 resumed>) = 4 <0.000020>",
                "8 100.000030 <... fdatasync resumed>) = 0 <0.000025>",
                f"7 100.000040 fdatasync(30<{LOG}> <unfinished ...>",
                "7 100.000050 <... fdatasync resumed>) = 0 <0.000010>",
            ],
            100.00004,
            id="two threads",
        ),
        pytest.param([WRITE], None, id="never"),
        pytest.param([SYNC.replace("100.", "99."), WRITE], None, id="before"),
        pytest.param([WRITE, SYNC.replace(LOG, "/g/neostore")], None, id="of another file"),
        pytest.param([WRITE.replace(LOG, "/g/debug.log"), SYNC], None, id="not in the log"),
        pytest.param([WRITE, SYNC.replace("= 0", "= -1 EIO (I/O error)")], None, id="failed"),
        pytest.param([WRITE, SYNC.replace("= 0 <", "= 0 (INJECTED) <")], None, id="only said"),
    ],
)
def test_what_was_written_is_synced_by_a_later_sync_of_its_file(
    lines: list[str], begun: float | None
) -> None:
    sync = synced(calls(lines), "kept")

    assert (sync and sync.begun) == begun
