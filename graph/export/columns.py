"""The columns of an export: the same for every format, named as the schema names its fields.

What needs a right of its own in the schema is not among them, nor what is computed.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from graph import ids, records
from graph.kinds import KINDS
from graph.records import RECORDS
from graph.records.moment import instant_text
from graph.records.paths import PERCENT

Value = str | bool | int | float | date | datetime | tuple[str, ...] | None
Row = dict[str, Value]

THING: Mapping[str, type] = {
    "id": str,
    "kind": str,
    "label": str,
    "distance": int,
    "name": str,
    "code": str,
    "title": str,
    "status": str,
    "national": bool,
    "openedOn": date,
    "closedOn": date,
    "centerEligibility": str,
    "licenseNumber": str,
    "display": str,
    "type": str,
    "continuousBond": bool,
    "bondSufficient": bool,
    "aliases": tuple,
    "countryCode": str,
    "legalFormCode": str,
    "lei": str,
    "duns": str,
    "unspecifiedReason": str,
    "note": str,
    "email": str,
    "phone": str,
    "active": bool,
    "reportsTo": str,
    "office": str,
    "alternateNames": tuple,
    "appliedOn": date,
    "acceptedOn": date,
    "pendingSince": date,
    "endedOn": date,
    "statusReason": str,
    "nextNotificationDue": date,
    "kindCode": str,
    "severity": float,
    "raisedOn": date,
    "resolvedOn": date,
    "resolution": str,
    "priorityTradeIssueCodes": tuple,
    "purpose": str,
    "description": str,
    "dueOn": date,
    "objective": str,
    "startsOn": date,
    "reviewOn": date,
    "version": int,
}
"""Of things, each with the type of its values."""
CLAIM: Mapping[str, type] = {
    "id": str,
    "type": str,
    "from": str,
    "to": str,
    "validFrom": date,
    "validTo": date,
    "recordedAt": datetime,
    "recordedBy": str,
    "sourceName": str,
    "sourceReference": str,
    "sourceUrl": str,
    "sourceRetrievedAt": datetime,
    "shareMin": float,
    "shareMax": float,
    "shareDisclosed": bool,
    "interest": str,
    "role": str,
    "basis": str,
    "scopeCode": str,
    "topicCode": str,
    "reason": str,
    "version": int,
}
"""Of relationships."""
OWN = {"id", "kind", "label", "distance"}  # told of every thing, by other means
SNAKE = {
    name: "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
    for name in THING
    if name not in OWN
}
KIND_OF = {kind: KINDS[label] for label, kind in RECORDS.items()}


def thing(entity: records.Entity, distance: int) -> Row:
    """A thing; without what it has not."""
    told: Row = {
        "id": entity.key,
        "kind": KIND_OF[type(entity)].value,
        "label": entity.label,
        "distance": distance,
    }
    for name, attribute in SNAKE.items():
        value = getattr(entity, attribute, None)
        if value is not None and value != () and value != "":
            told[name] = value
    return told


def claim(found: records.Relationship) -> Row:
    """A relationship; without what it has not, and without what was recorded of it later."""
    source, share = found.source, found.share
    told: Row = {
        "id": ids.encode(f"Relationship:{found.business_id}"),
        "type": found.type.value,
        "from": ids.encode(found.from_key),
        "to": ids.encode(found.to_key),
        "validFrom": found.valid_from,
        "validTo": found.valid_to,
        "recordedAt": found.recorded_at,
        "recordedBy": found.recorded_by,
        "sourceName": source.name,
        "sourceReference": source.reference,
        "sourceUrl": source.url,
        "sourceRetrievedAt": source.retrieved_at,
        "shareMin": share.min / PERCENT if share else None,
        "shareMax": share.max / PERCENT if share else None,
        "shareDisclosed": share.disclosed if share else None,
        "interest": found.interest,
        "role": found.role,
        "basis": found.basis,
        "scopeCode": found.scope_code,
        "topicCode": found.topic_code,
        "reason": found.reason,
        "version": found.version,
    }
    return {name: value for name, value in told.items() if value is not None}


def plain(value: Any) -> Any:
    """A value as JSON has it: days and instants as text."""
    if isinstance(value, datetime):
        return instant_text(value)
    return value.isoformat() if isinstance(value, date) else value
