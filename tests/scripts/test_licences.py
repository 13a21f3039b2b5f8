"""Each package that we install or ship has a licence that is allowed, and the page tells it."""

import json
import re

import pytest

from graph.jars import locked
from scripts.licences import PAGE, ROOT, Package, Rules, everything, page
from scripts.licences import jars as of_jars

RULES = Rules.at()


@pytest.fixture(scope="module")
def found() -> dict[str, list[Package]]:
    """All packages, as they say themselves."""
    return everything()


def test_every_licence_is_known_and_allowed(found: dict[str, list[Package]]) -> None:
    wrong = [RULES.wrong(each) for part in found.values() for each in part]

    assert [told for told in wrong if told] == []


def test_the_page_says_what_is_installed(found: dict[str, list[Package]]) -> None:
    """If not: `make licences`."""
    assert PAGE.read_text(encoding="utf-8") == page(found, RULES)


def test_nothing_that_is_locked_is_left_out(found: dict[str, list[Package]]) -> None:
    python = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    web = json.loads((ROOT / "web/package-lock.json").read_text(encoding="utf-8"))["packages"]
    shipped = {place for place, one in web.items() if place and not one.get("dev")}

    assert len(found["Python"]) == len(re.findall(r"^[^\s#]+==", python, re.MULTILINE))
    assert {each.name for each in found["Web pages"]} == {
        place.rpartition("node_modules/")[2] for place in shipped
    }
    assert {each.name for each in of_jars()} == {f"{jar.group}:{jar.artifact}" for jar in locked()}


def test_nothing_is_read_by_a_person_that_is_not_there(found: dict[str, list[Package]]) -> None:
    names = {each.name for part in found.values() for each in part}
    names |= {name.partition(":")[0] for name in names}

    assert RULES.read.keys() - names == set()


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ((), "tells no licence"),
        (("Commercial",), "is under Commercial"),
        (("AGPL-3.0-only",), "is under AGPL-3.0-only"),
        (("GPL-3.0-only",), "is under GPL-3.0-only"),  # Neo4j's jars alone may be
        (("MIT AND SSPL-1.0",), "is under SSPL-1.0"),
        (("MIT", "LGPL-2.1-or-later"), "is under LGPL-2.1-or-later"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value) or "none",
)
def test_a_licence_that_is_none_or_not_allowed_is_named(told: tuple[str, ...], wrong: str) -> None:
    assert wrong in str(RULES.wrong(Package("left", "1.0", told)))


@pytest.mark.parametrize(
    "told", ["MIT", "MIT License", "AGPL-3.0-only OR MIT", "MIT AND (0BSD OR X)"]
)
def test_one_that_is_allowed_passes_of_a_choice_one(told: str) -> None:
    assert RULES.wrong(Package("left", "1.0", (told,))) is None
