"""Reference files to rows: what is shipped, to the count, and what is kept out and why."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from graph.centers_names import resolve
from graph.errors import SetupError
from graph.load.rows import ClaimRow, NodeRow, Refusal
from graph.reference.rows import Item, read
from graph.reference.tables import shipped
from graph.rows import UNKNOWN_DAY

SHIPPED = list(read(shipped()))
NODES = {row.key: row for row in SHIPPED if isinstance(row, NodeRow)}
CLAIMS = [row for row in SHIPPED if isinstance(row, ClaimRow)]
REFUSALS = [row for row in SHIPPED if isinstance(row, Refusal)]
CHAPTER_SCOPES = "hts_chapter,default_center,basis,confidence,note"
HEADING_SCOPES = "heading_from,heading_to,center,basis,source"
TERMS = "vocabulary,code,label,description,source,valid_from,valid_to"


def given(folder: Path, *lines: str) -> list[Item]:
    """The rows of one file with these lines."""
    path = folder / "later.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(read([path]))


def scopes(rows: list[Item], chapter: str) -> list[tuple[object, ...]]:
    """Center, bounds and precedence of each claim of a chapter."""
    return [
        (
            row.end,
            row.properties.get("fromHeading"),
            row.properties.get("toHeading"),
            row.properties["precedence"],
        )
        for row in rows
        if isinstance(row, ClaimRow) and row.start == f"HtsChapter:{chapter}"
    ]


def test_what_is_shipped() -> None:
    assert Counter(row.kind for row in NODES.values()) == {
        "Center": 10,
        "Discipline": 16,
        "HtsChapter": 99,
        "HtsHeading": 1229,
        "Port": 432,
        "RiskPolicy": 1,
        "Term": 336,
    }
    assert len(CLAIMS) == 130
    assert len(NODES) + len(CLAIMS) + len(REFUSALS) == len(SHIPPED)


def test_the_terms_of_each_vocabulary() -> None:
    terms = [row for row in NODES.values() if row.kind == "Term"]

    assert Counter(row.properties["vocabulary"] for row in terms) == {
        "COUNTRY": 249,
        "DISCREPANCY": 11,
        "ERROR_CODE": 14,
        "LEGAL_FORM": 15,
        "POWER_OF_ATTORNEY_SCOPE": 5,
        "PRIORITY_TRADE_ISSUE": 8,
        "RISK_FLAG_KIND": 14,
        "SHARED_ATTRIBUTE_KIND": 6,
        "TOPIC": 14,
    }


def test_rows_kept_out_tell_why() -> None:
    assert Counter(row.code for row in REFUSALS) == {
        "NO_CENTER": 6,
        "NOT_A_CENTER": 2,
        "NOT_ISO": 4,
    }
    assert [row.value for row in REFUSALS if row.code == "NOT_A_CENTER"] == ["NOTELG", "PNDING"]


def test_a_center_has_its_name_and_the_other_spellings() -> None:
    assert NODES["Center:CEE004"].properties == {
        "code": "CEE004",
        "name": "Apparel, Footwear and Textiles",
        "searchName": "apparel footwear and textiles",
        "alternateNames": [
            "Clothing, footwear and textiles",
            "Apparel, Footwear & Textiles",
            "AFT",
        ],
        "searchAliases": [
            "clothing footwear and textiles",
            "apparel footwear textiles",
            "aft",
        ],
        "office": "San Francisco",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CEE004", "CEE004"),
        ("apparel, footwear & TEXTILES", "CEE004"),
        ("Clothing,  footwear and textiles", "CEE004"),
        ("aft", "CEE004"),
        ("Electronic", "CEE007"),
        ("Oil, natural gas&minerals", "CEE006"),
        ("Textiles", None),
        ("NOTELG", None),
    ],
)
def test_a_center_is_known_by_any_spelling(text: str, code: str | None) -> None:
    assert resolve(text) == code


def test_ranges_come_before_chapters_and_the_published_before_the_inferred() -> None:
    assert scopes(SHIPPED, "34") == [
        ("Center:CEE001", None, None, 5),
        ("Center:CEE001", "3402", "3405", 1),
        ("Center:CEE001", "3407", "3499", 1),
        ("Center:CEE008", "3401", "3401", 4),
        ("Center:CEE008", "3406", "3406", 4),
    ]


def test_a_chapter_inside_a_range_speaks_for_itself() -> None:
    assert scopes(SHIPPED, "29") == [("Center:CEE001", None, None, 5)]


def test_a_range_across_chapters_is_cut_where_the_chapters_disagree(tmp_path: Path) -> None:
    rows = given(tmp_path, HEADING_SCOPES, "6105,6302,CEE008,cbp_published,A notice")

    assert scopes(rows, "61") == [("Center:CEE008", "6105", "6199", 1)]
    assert scopes(rows, "62") == [("Center:CEE008", "6201", "6299", 1)]
    assert scopes(rows, "63") == [("Center:CEE008", "6301", "6302", 1)]


def test_an_inferred_claim_says_so_and_names_what_is_not_known() -> None:
    (claim,) = [row for row in CLAIMS if row.start == "HtsChapter:73"]

    assert claim.source.name == "Inferred by Account Graph, not CBP's"
    assert claim.source.reference == "name; see exceptions"
    assert claim.properties == {"basis": "inferred", "confidence": "high", "precedence": 8}
    assert claim.reason == "Not known to which Center these headings belong: 7309 to 7311."


def test_a_claim_is_told_apart_from_every_other() -> None:
    names = [(row.start, row.end, row.source.name, row.discriminator) for row in CLAIMS]

    assert len(set(names)) == len(names)


def test_countries_have_a_name_and_its_source() -> None:
    found = {
        code: (
            NODES[f"Term:COUNTRY.{code}"].properties["label"],
            NODES[f"Term:COUNTRY.{code}"].properties["source"],
        )
        for code in ("NL", "TW", "AX")
    }

    assert found == {
        "NL": ("Netherlands", "ISO 3166-1"),
        "TW": ("Taiwan", "Census Schedule C"),
        "AX": ("Åland Islands", "ISO 3166-1"),
    }


def test_a_country_that_no_file_names_is_kept_out(tmp_path: Path) -> None:
    (refused, *others) = given(tmp_path, "iso2,name", "QQ,", "NL,Netherlands")

    assert isinstance(refused, Refusal)
    assert (refused.line, refused.code) == (2, "MISSING")
    assert len([row for row in others if isinstance(row, NodeRow)]) == 1


def test_a_later_list_is_dated(tmp_path: Path) -> None:
    ended, begun = given(
        tmp_path,
        f"{CHAPTER_SCOPES},valid_from,valid_to",
        "66,CEE008,inferred,low,,,2026-05-01",
        "66,CEE009,cbp_published,high,A notice,2026-05-01,",
    )

    assert isinstance(ended, ClaimRow)
    assert isinstance(begun, ClaimRow)
    assert (ended.valid_from, ended.valid_to) == (None, date(2026, 5, 1))
    assert (begun.valid_from, begun.valid_to) == (date(2026, 5, 1), None)
    shipped_one = next(row for row in CLAIMS if row.start == "HtsChapter:66")
    assert ended.discriminator == shipped_one.discriminator


def test_a_term_is_dated(tmp_path: Path) -> None:
    (row,) = given(tmp_path, TERMS, "TOPIC,QUOTA,Quota,,Us,,2027-01-01")

    assert isinstance(row, NodeRow)
    assert row.key == "Term:TOPIC.QUOTA"
    assert row.properties["validFrom"] == UNKNOWN_DAY
    assert row.properties["validTo"] == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("columns", "line", "column", "code"),
    [
        (CHAPTER_SCOPES, "6,CEE008,inferred,low,", "hts_chapter", "BAD_CODE"),
        (CHAPTER_SCOPES, "66,CEE011,inferred,low,", "default_center", "BAD_CODE"),
        (CHAPTER_SCOPES, "66,CEE008,rumour,low,", "basis", "BAD_CODE"),
        (HEADING_SCOPES, "6105,6104,CEE008,inferred,", "heading_to", "BAD_INTERVAL"),
        ("heading,chapter,description", "6105,62,Shirts", "chapter", "BAD_CODE"),
        ("Code,Name", "2704,", "Name", "MISSING"),
        (TERMS, "TOPIC,QUOTA,Quota,,Us,yesterday,", "valid_from", "BAD_DATE"),
        (TERMS, "TOPIC,QUOTA,Quota,,Us,2027-01-01,2027-01-01", "valid_to", "BAD_INTERVAL"),
    ],
)
def test_a_row_that_cannot_be_right_is_kept_out(
    tmp_path: Path, columns: str, line: str, column: str, code: str
) -> None:
    (refused,) = given(tmp_path, columns, line)

    assert isinstance(refused, Refusal)
    assert (refused.line, refused.column, refused.code) == (2, column, code)


def test_a_file_of_no_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"later\.csv is no reference file that is known"):
        given(tmp_path, "a,b", "1,2")
