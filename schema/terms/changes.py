"""Words about the change log and about jobs."""

from graph import terms
from schema.terms.words import words

ChangeKind = words(
    terms.ChangeKind,
    "What happened.",
    ACCOUNT_OPENED="An account was opened.",
    ACCOUNT_UPDATED="An account's name, status or standing changed.",
    ACCOUNT_CLOSED="An account was closed.",
    ACCOUNT_SPLIT="An account was split.",
    ACCOUNTS_MERGED="Accounts were merged.",
    IDENTIFIER_SAVED="A number or code was registered or changed.",
    IDENTIFIER_ATTACHED="A number or code began to identify an account.",
    IDENTIFIER_DETACHED="A number or code ceased to identify an account.",
    PARTY_SAVED="A party was registered or changed.",
    RELATIONSHIP_RECORDED="A relationship of parties, numbers or accounts was recorded.",
    RELATIONSHIP_CORRECTED="A claim was corrected.",
    RELATIONSHIP_ENDED="A relationship ended.",
    STAFF_SAVED="A manager or specialist was registered or changed.",
    MANAGER_ASSIGNED="An account got a primary or backup manager.",
    CENTER_ASSIGNED="An account was assigned to a Center.",
    SPECIALIST_ASSIGNED="A specialist joined an account's team.",
    CENTER_CHANGE_REQUESTED="Another Center was asked for.",
    CENTER_CHANGE_DECIDED="A request for another Center was decided, taken up or withdrawn.",
    ISA_STATUS_CHANGED="An ISA participation was applied for or changed its status.",
    ANNUAL_NOTIFICATION_RECORDED="An ISA annual notification was received or reviewed.",
    RISK_FLAG_RAISED="A risk flag was raised.",
    RISK_FLAG_RESOLVED="A risk flag was resolved.",
    RISK_RATING_CHANGED=(
        "A risk rating changed, by a flag, a relationship or a policy. Told only to who reads"
        " everything about all accounts."
    ),
    BLOCKED_STATUS_CHANGED="A party became or ceased to be blocked by ownership.",
    SEGMENT_CHANGED=(
        "An account moved to another risk segment. Told only to who reads everything about all"
        " accounts."
    ),
    RISK_RULES_PUBLISHED="A risk segment or policy got a new version.",
    ISSUE_SAVED="An issue was opened, changed, resolved or cancelled.",
    STRATEGY_SAVED="A strategy was drafted or changed.",
    PERFORMANCE_LOADED="Performance figures were loaded.",
    REFERENCE_DATA_LOADED="Reference data were loaded.",
)
ChangeEventKind = words(
    terms.ChangeEventKind,
    "What an event is.",
    CHANGE="Something changed.",
    GAP="Changes were missed: the cursor was older than retention.",
    HEARTBEAT="Nothing matched for a while; the cursor has moved on.",
)
JobKind = words(
    terms.JobKind,
    "What a job does.",
    IMPORT="Loads a file.",
    EXPORT="Writes a file.",
)
JobState = words(
    terms.JobState,
    "Where a job stands.",
    AWAITING_UPLOAD="Waits for its file to be sent.",
    QUEUED="Waits for its turn.",
    RUNNING="Runs.",
    SUCCEEDED="Done; single rows may have been refused.",
    FAILED="Failed; can be started again without harm.",
    CANCELLED="Stopped by a user.",
)
ImportContent = words(
    terms.ImportContent,
    "What a row of a file is.",
    ACCOUNTS="An account with its identifiers.",
    PARTIES="A party.",
    RELATIONSHIPS="A relationship.",
    PERFORMANCE="Figures of an account for a month, a chapter, an origin and a port.",
    RISK_FLAGS="A risk flag.",
    STAFF="A manager or specialist.",
    REFERENCE_DATA="A Center scope, chapter, port or term.",
)
FileFormat = words(
    terms.FileFormat,
    "Formats of files.",
    CSV="Comma-separated values, RFC 4180; an export is a zip of nodes and relationships.",
    JSON_LINES="JSON, one object per line.",
    NODE_LINK_JSON="Node-link JSON, as networkx reads.",
    GRAPHML="GraphML.",
    GEXF="GEXF 1.3.",
    PARQUET="Apache Parquet; an export is a zip of nodes and relationships.",
    BODS="Beneficial Ownership Data Standard 0.4, JSON.",
    GLEIF="GLEIF relationship records, JSON; loads only.",
)
