"""The Beneficial Ownership Data Standard 0.4: who owns and controls what, as statements.

Only parties with their shares and control have a place in it; what was left out is counted.
"""

import hashlib
from typing import Any, BinaryIO

import orjson

from graph.export.columns import Row, plain
from graph.export.forms import About, Form, joined
from graph.load.formats.bods import REASONS as READ
from graph.terms import EntityKind, Interest, UnspecifiedReason

VERSION = "0.4"
PUBLISHER = {"name": "Account Graph"}
INTERESTS = {
    Interest.SHAREHOLDING: "shareholding",
    Interest.VOTING_RIGHTS: "votingRights",
    Interest.APPOINTMENT_OF_BOARD: "appointmentOfBoard",
    Interest.OTHER_INFLUENCE_OR_CONTROL: "otherInfluenceOrControl",
    Interest.SETTLOR: "settlor",
    Interest.TRUSTEE: "trustee",
    Interest.PROTECTOR: "protector",
    Interest.BENEFICIARY: "beneficiaryOfLegalArrangement",
    Interest.SURPLUS_ASSETS: "rightsToSurplusAssetsOnDissolution",
    Interest.PROFIT_OR_INCOME: "rightsToProfitOrIncome",
    Interest.CONTRACT: "rightsGrantedByContract",
    Interest.CONDITIONAL_CONTRACT: "conditionalRightsGrantedByContract",
    Interest.COMPANY_RULES: "controlViaCompanyRulesOrArticles",
    Interest.LEGAL_FRAMEWORK: "controlByLegalFramework",
    Interest.ACCOUNTING_CONSOLIDATION: "otherInfluenceOrControl",
    Interest.UNKNOWN: "unknownInterest",
}
"""The codes of the standard; graph.load.bods_interests reads them."""
REASONS = {reason: code for code, reason in READ.items()}
CONSOLIDATED = "Consolidates the other in its accounts (GLEIF level 2)."
SCHEMES = {"lei": ("XI-LEI", "Legal Entity Identifier"), "duns": ("XI-DUNS", "D-U-N-S Number")}
OWNING = ("OWNS", "CONTROLS")


class Bods(Form):
    """An array of statements, one on a line: parties first, then what joins them."""

    name = "ownership.bods.json"
    media = "application/json"

    def __init__(self, *given: Any) -> None:
        """Begin with no statement."""
        super().__init__(*given)
        self._unspecified: dict[Any, dict[str, Any]] = {}
        self._begun: set[BinaryIO] = set()
        self.left_out = {"nodes": 0, "relationships": 0}

    def thing(self, row: Row) -> None:
        """A statement of an organization or a person; an unspecified party is told with a claim."""
        kind = row["kind"]
        if kind == EntityKind.ORGANIZATION:
            self._put(self._things, row["id"], row["id"], "entity", _entity(row))
        elif kind == EntityKind.PERSON:
            self._put(self._things, row["id"], row["id"], "person", _person(row))
        elif kind == EntityKind.UNSPECIFIED_PARTY:
            self._unspecified[row["id"]] = _unspecified(row)
        else:
            self.left_out["nodes"] += 1

    def claim(self, row: Row) -> None:
        """A statement of a relationship with its one interest."""
        if row["type"] not in OWNING:
            self.left_out["relationships"] += 1
            return
        details = {
            "isComponent": False,
            "subject": row["to"],
            "interestedParty": self._unspecified.get(row["from"], row["from"]),
            "interests": [_interest(row)],
        }
        self._put(self._claims, row["id"], row["to"], "relationship", details, _source(row))

    def whole(self, out: BinaryIO, _about: About) -> None:
        """The array around them: the standard has no place for what tells of the file."""
        out.write(b"[\n")
        joined(out, self._things)
        if len(self._begun) > 1:
            out.write(b",\n")
        joined(out, self._claims)
        out.write(b"\n]\n")

    def _put(
        self, file: BinaryIO, record: Any, subject: Any, kind: str, details: Any, *source: Any
    ) -> None:
        day = self.day.isoformat()
        statement = {
            "statementDate": day,
            "declarationSubject": subject,
            "recordId": record,
            "recordType": kind,
            "recordStatus": "new",
            "recordDetails": details,
            "publicationDetails": {
                "publicationDate": day,
                "bodsVersion": VERSION,
                "publisher": PUBLISHER,
            },
            **({"source": source[0]} if source else {}),
        }
        id_ = hashlib.sha256(orjson.dumps(statement)).hexdigest()
        text = orjson.dumps({"statementId": id_, **statement})
        file.write((b",\n" if file in self._begun else b"") + text)
        self._begun.add(file)


def _entity(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {
        "isComponent": False,
        "entityType": {"type": "legalEntity"},
        "name": row["name"],
    }
    if aliases := row.get("aliases"):
        told["alternateNames"] = aliases
    if country := row.get("countryCode"):
        told["jurisdiction"] = {"name": country, "code": country}
    identifiers = [
        {"id": row[name], "scheme": scheme, "schemeName": schemed}
        for name, (scheme, schemed) in SCHEMES.items()
        if row.get(name)
    ]
    return {**told, "identifiers": identifiers} if identifiers else told


def _person(row: Row) -> dict[str, Any]:
    names = [{"fullName": row["name"], "type": "legal"}]
    names += [{"fullName": each, "type": "alternative"} for each in _many(row.get("aliases"))]
    return {"isComponent": False, "personType": "knownPerson", "names": names}


def _many(value: Any) -> tuple[str, ...]:
    return value or ()


def _unspecified(row: Row) -> dict[str, Any]:
    reason = UnspecifiedReason(str(row.get("unspecifiedReason", "UNKNOWN")))
    return {
        "reason": REASONS.get(reason, "unknown"),
        "description": row.get("note") or row["label"],
    }


def _interest(row: Row) -> dict[str, Any]:
    nature = Interest(str(row.get("interest", "UNKNOWN")))
    told: dict[str, Any] = {"type": INTERESTS[nature], "directOrIndirect": "direct"}
    if nature is Interest.ACCOUNTING_CONSOLIDATION:
        told["details"] = CONSOLIDATED
    if row.get("shareDisclosed"):
        low, high = row["shareMin"], row["shareMax"]
        told["share"] = {"exact": low} if low == high else {"minimum": low, "maximum": high}
    days = {"startDate": row.get("validFrom"), "endDate": row.get("validTo")}
    return told | {name: plain(day) for name, day in days.items() if day}


def _source(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {"description": row["sourceName"]}
    if url := row.get("sourceUrl"):
        told["url"] = url
    if read := row.get("sourceRetrievedAt"):
        told["retrievedAt"] = plain(read)
    return told
