"""What the server makes of its settings: whose limits are which, and what runs."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from config import GENEROUS, Allowance, Config
from graph.policy import DEVELOPMENT, Viewer
from server import allowance, doors
from transport import Memory, document_id


@dataclass(frozen=True)
class Member(Viewer):
    """A viewer who has roles."""

    roles: tuple[str, ...] = ()


ROLES = {"INTEGRATOR": Allowance(points=9_000), "HQ_ANALYST": Allowance(points=4_000)}


@pytest.mark.parametrize(
    ("viewer", "points"),
    [
        (None, 2_000),
        (DEVELOPMENT, GENEROUS.points),
        (Member("1", "A", ()), 2_000),
        (Member("1", "A", (), roles=("ACCOUNT_MANAGER",)), 2_000),
        (Member("1", "A", (), roles=("HQ_ANALYST",)), 4_000),
        (Member("1", "A", (), roles=("HQ_ANALYST", "INTEGRATOR")), 9_000),
    ],
)
def test_the_largest_allowance_of_a_caller_s_roles_counts(
    viewer: Viewer | None, points: int
) -> None:
    assert allowance(Config(limits_roles=ROLES), viewer).points == points


def test_the_manifest_of_the_settings_is_known(tmp_path: Path) -> None:
    text = "query Who { viewer { name } }"
    file = tmp_path / "manifest.json"
    file.write_text(f'{{"{document_id(text)}": "{text}"}}', encoding="utf-8")

    made = doors(Config(trusted_documents=file, trusted_only=True), Memory())

    assert made.trusted.text({"documentId": document_id(text)}) == text
    assert made.trusted.only(DEVELOPMENT)
