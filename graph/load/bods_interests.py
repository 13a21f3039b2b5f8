"""The interests of a BODS relationship as claims: shares, control or an office."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from graph.load import check
from graph.load.check import Bad
from graph.load.rows import ClaimRow, Source
from graph.terms import Interest

COUNTED = {
    "shareholding": Interest.SHAREHOLDING,
    "votingRights": Interest.VOTING_RIGHTS,
    "rightsToSurplusAssetsOnDissolution": Interest.SURPLUS_ASSETS,
    "rightsToProfitOrIncome": Interest.PROFIT_OR_INCOME,
    "rightToProfitOrIncomeFromAssets": Interest.PROFIT_OR_INCOME,
    "unknownInterest": Interest.UNKNOWN,
    "unpublishedInterest": Interest.UNKNOWN,
}
CONTROL = {
    "appointmentOfBoard": Interest.APPOINTMENT_OF_BOARD,
    "settlor": Interest.SETTLOR,
    "trustee": Interest.TRUSTEE,
    "protector": Interest.PROTECTOR,
    "beneficiaryOfLegalArrangement": Interest.BENEFICIARY,
    "rightsGrantedByContract": Interest.CONTRACT,
    "conditionalRightsGrantedByContract": Interest.CONDITIONAL_CONTRACT,
    "controlViaCompanyRulesOrArticles": Interest.COMPANY_RULES,
    "controlByLegalFramework": Interest.LEGAL_FRAMEWORK,
}
OTHER = {"otherInfluenceOrControl", "enjoymentAndUseOfAssets", "nominee", "nominator"}
OFFICES = {
    "boardMember": "BOARD_MEMBER",
    "boardChair": "BOARD_CHAIR",
    "seniorManagingOfficial": "SENIOR_MANAGING_OFFICIAL",
}
ALL = 1_000_000_000
Json = Mapping[str, Any]


def claims(
    statement: Json, details: Json, ends: tuple[str, str], said: Source, line: int, person: bool
) -> list[ClaimRow]:
    """A claim for each interest; one of unknown nature where the statement gives none."""
    met: Counter[str] = Counter()
    found = []
    for interest in details.get("interests") or [{}]:
        type_, properties = _said(interest, person)
        first, last = _days(statement, interest)
        name = str(interest.get("type"))
        met[name] += 1
        apart = f"{statement['recordId']} {name} {met[name]}"
        found.append(ClaimRow(type_, *ends, said, first, last, properties, apart, line=line))
    return found


def _said(interest: Json, person: bool) -> tuple[str, dict[str, object]]:
    """Type and properties; only a person can hold an office, another party controls by it."""
    name = interest.get("type")
    properties: dict[str, object] = {}
    if directly := interest.get("directOrIndirect"):
        properties["directOrIndirect"] = directly
    if interest.get("beneficialOwnershipOrControl") is not None:
        properties["beneficial"] = interest["beneficialOwnershipOrControl"]
    if name is None or name in COUNTED:
        nature = COUNTED.get(str(name), Interest.UNKNOWN)
        return "OWNS", {"interest": nature.value, **_share(interest), **properties}
    if name in OFFICES and person:
        return "OFFICER_OF", {"officerRole": OFFICES[name], **properties}
    if name not in {*CONTROL, *OTHER, *OFFICES}:
        told = ("This interest is not in the codelist of BODS 0.4.", "Correct its type.")
        raise Bad("INVALID_FORMAT", "interests.type", str(name), *told)
    nature = CONTROL.get(name, Interest.OTHER_INFLUENCE_OR_CONTROL)
    if name not in CONTROL and name != "otherInfluenceOrControl":
        properties["interestText"] = name
    return "CONTROLS", {"interest": nature.value, **properties}


def _share(interest: Json) -> dict[str, object]:
    """The bounds of a share. An indirect one is kept beside them: its links count, not it."""
    share = interest.get("share") or {}
    low = _bound(share, "exact", "minimum", "exclusiveMinimum")
    high = _bound(share, "exact", "maximum", "exclusiveMaximum")
    least, most = low.low if low else 0, high.high if high else ALL
    if "exclusiveMinimum" in share and low and low.text is None:
        least += 1
    if "exclusiveMaximum" in share and high and high.text is None:
        most -= 1
    stated: dict[str, object] = {"minShare": least, "maxShare": most, "disclosed": bool(share)}
    if share:
        stated["shareText"] = ", ".join(f"{name} {value}" for name, value in share.items())
    if interest.get("directOrIndirect") == "indirect" and share:
        return {
            "minShare": 0,
            "maxShare": ALL,
            "disclosed": False,
            "indirectMinShare": least,
            "indirectMaxShare": most,
            "shareText": stated["shareText"],
        }
    if "exact" in share and low and low.text is None:
        del stated["shareText"]
    return stated


def _bound(share: Json, *names: str) -> check.Share | None:
    for name in names:
        if share.get(name) is not None:
            return check.share(str(share[name]), f"interests.share.{name}")
    return None


def _days(statement: Json, interest: Json) -> tuple[date | None, date | None]:
    """When an interest began and ended; a closed record has ended by the day of its statement."""
    first = _day(interest.get("startDate"), "interests.startDate")
    last = _day(interest.get("endDate"), "interests.endDate")
    if last is None and statement.get("recordStatus") == "closed":
        last = _day(statement.get("statementDate"), "statementDate")
    return first, last


def _day(text: str | None, column: str) -> date | None:
    """A day; of a year or a month alone, its first day."""
    if not text:
        return None
    return check.day(text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text, column)
