"""What the failures of the driver and of the database are told as."""

from neo4j import Query
from neo4j.exceptions import ClientError, DriverError, Neo4jError, TransientError

from graph.circuit import AWAY
from graph.errors import GraphError, LimitExceeded, TimedOut, Unavailable

BROKEN = (  # of a database that met a fault, such as a full disk, and only a new start mends
    "Neo.DatabaseError.Transaction.TransactionLogError",
    "Neo.DatabaseError.Transaction.TransactionStartFailed",
)


def name_of(query: Query) -> str:
    """Which question it is."""
    return str((query.metadata or {}).get("query", "without a name"))


def out_of_memory(error: Neo4jError | DriverError) -> bool:
    """Whether a statement needed more than one may have."""
    return isinstance(error, Neo4jError) and "OutOfMemory" in (error.code or "")


def told(error: Neo4jError | DriverError, query: Query) -> GraphError | Neo4jError | DriverError:
    """The same failure in our words; a fault of ours stays what it is."""
    code = (isinstance(error, Neo4jError) and error.code) or ""
    if out_of_memory(error):
        return LimitExceeded(f"The question {name_of(query)} needs more memory than one may have.")
    if isinstance(error, ClientError) and ("TimedOut" in code or code.endswith("Terminated")):
        return TimedOut(f"The question {name_of(query)} ran past its time limit.")
    if isinstance(error, DriverError | TransientError) or code in BROKEN:
        return Unavailable(AWAY)
    return error
