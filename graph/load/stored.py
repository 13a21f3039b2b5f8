"""What the store is given of rows that were judged."""

from typing import Any

from graph.load.ends import REFERENCE, UNWALKED
from graph.load.hashes import claim_id
from graph.load.look import Claim, Thing
from graph.load.rows import ClaimRow
from graph.rows import OPEN_DAY, UNKNOWN_DAY


def created(thing: Thing) -> dict[str, Any]:
    """A thing that was not there."""
    row = thing.row
    own = {"key": row.key, "id": row.id, "version": 1, "digest": thing.digest}
    walked = () if row.kind in UNWALKED else ("Entity",)
    labels = list(dict.fromkeys((*walked, *row.labels)))
    dated = row.kind not in REFERENCE
    return {"labels": labels, "dated": dated, "properties": {**row.properties, **own}}


def claimed(claim: Claim) -> dict[str, Any]:
    """The next version of a claim."""
    row, source = claim.row, claim.row.source
    properties = {
        **row.properties,
        **_ends(row),
        "id": claim_id(claim.claim, claim.version + 1),
        "claim": claim.claim,
        "digest": claim.digest,
        "version": claim.version + 1,
        "validFrom": row.valid_from or UNKNOWN_DAY,
        "validTo": row.valid_to or OPEN_DAY,
        "recordedBy": row.recorded_by,
        "reason": row.reason,
        "source": source.name,
        "sourceReference": source.reference,
        "sourceUrl": source.url,
        "retrievedAt": source.retrieved_at,
    }
    return {"type": row.type, "start": row.start, "end": row.end, "properties": properties}


def _ends(row: ClaimRow) -> dict[str, str]:
    """The keys of both ends, where an index pages by them: a broker may have very many clients."""
    return {"client": row.start, "broker": row.end} if row.type == "GRANTED_POA" else {}


def changed(thing: Thing) -> dict[str, Any]:
    """A thing that says otherwise."""
    return {"node": thing.node, "digest": thing.digest, "properties": thing.row.properties}


def closed(claim: Claim) -> dict[str, Any]:
    """The version of a claim that stood."""
    after = None if claim.row.withdrawn else claim_id(claim.claim, claim.version + 1)
    return {"standing": claim.standing, "by": after}
