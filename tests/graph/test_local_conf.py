from pathlib import Path

import pytest

from graph import local_conf, local_jvm
from graph.errors import SetupError


@pytest.mark.parametrize("size", ["", "1", "1t", "-1g", "1.5g"])
def test_a_memory_size_that_is_none_is_refused(size: str) -> None:
    with pytest.raises(SetupError, match="A memory size is a number and m or g"):
        local_conf.mebibytes(size)


@pytest.mark.parametrize(
    ("heap", "collector", "of_one", "of_all"),
    [
        pytest.param("2g", "-XX:+UseG1GC", "256m", "1024m", id="large"),
        pytest.param("400m", "-XX:+UseSerialGC", "200m", "200m", id="small"),
    ],
)
def test_limits_follow_the_heap(heap: str, collector: str, of_one: str, of_all: str) -> None:
    settings = local_conf.settings(7687, heap, "256m")
    command = local_jvm.command(Path("/home"), [], heap, [])

    assert collector in command
    assert settings["db.memory.transaction.max"] == of_one
    assert settings["dbms.memory.transaction.total.max"] == of_all


def test_the_page_cache_grows_with_the_store(tmp_path: Path) -> None:
    store = tmp_path / "data" / "databases" / "neo4j" / "nodes"
    assert local_conf.default_page_cache(tmp_path) == "256m"

    store.parent.mkdir(parents=True)
    with store.open("wb") as file:
        file.truncate(500 << 20)  # sparse

    assert local_conf.default_page_cache(tmp_path) == "600m"
