"""What of an error a client may see: a message that tells nothing of the inside, and a code."""

import re
from collections.abc import Iterable

import structlog
from graphql import FieldNode, GraphQLError, GraphQLSyntaxError
from strawberry.exceptions import MissingQueryError, StrawberryInputCoercionError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from graph.errors import GraphError
from graph.secrecy import hidden

INTERNAL = "INTERNAL_SERVER_ERROR"
PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
BAD_REQUEST = "BAD_REQUEST"
BAD_INPUT = "BAD_USER_INPUT"
LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
COST_EXCEEDED = "COST_EXCEEDED"
RATE_LIMITED = "RATE_LIMITED"
UNAUTHENTICATED = "UNAUTHENTICATED"
MOST_TOLD = 5

REQUEST_ERRORS = (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError)
# The library repeats what was sent, which may be an importer number, and suggests names.
WORDED = (GraphQLError, GraphError, StrawberryInputCoercionError)  # by us, for clients
PYTHON = re.compile(r", but encountered error '.*'", re.DOTALL)
SPELT = re.compile(r"(Unexpected|found) (String|BlockString|Int|Float) .*", re.DOTALL)
REPEATED = [
    (re.compile(r"[,;.] found:? .*", re.DOTALL | re.IGNORECASE), "."),
    (re.compile(r"(cannot represent [\w -]*value): .*", re.DOTALL), r"\1."),
    (re.compile(r"Value '.*' does not exist", re.DOTALL), "The value does not exist"),
]
SUGGESTED = re.compile(r"\s*Did you mean .*\?$", re.DOTALL)

log = structlog.get_logger("schema")


class Refused(GraphQLError):
    """An operation that is not run, in words meant for the client."""

    def __init__(self, message: str, code: str = BAD_REQUEST) -> None:
        """Say why, and by which code clients know it."""
        super().__init__(message, extensions={"code": code})


def by_accident(error: GraphQLError) -> bool:
    """Whether the fault is ours: the client learns nothing but its place."""
    cause = error.original_error
    if cause is None or isinstance(cause, (GraphQLError, *REQUEST_ERRORS)):
        return False
    if isinstance(cause, GraphError):
        return cause.code == INTERNAL
    # A scalar's own refusal of a variable has nodes, and no path: nothing has run yet.
    return error.path is not None or not error.nodes


def told(
    errors: Iterable[GraphQLError], *, ran: bool, suggesting: bool = False
) -> list[GraphQLError]:
    """The same errors as the client gets them; `ran` if the operation was executed."""
    return [_told(error, ran=ran, suggesting=suggesting) for error in errors]


def log_accidents(errors: Iterable[GraphQLError]) -> None:
    """Log our own faults by kind and place; messages may hold values, so they are left out."""
    for error in errors:
        if by_accident(error):
            fault = error.original_error
            log.error(
                "fault",
                fault=type(fault).__name__,
                fault_code=getattr(fault, "code", None),
                field=_field(error),
                where=frames(fault),
            )


def _told(error: GraphQLError, *, ran: bool, suggesting: bool) -> GraphQLError:
    accident = by_accident(error)
    code = INTERNAL if accident else _code(error, ran=ran)
    return GraphQLError(
        "Internal server error" if accident else _clean(error, suggesting),
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": code, **({} if accident else error.extensions or {})},
    )


def _code(error: GraphQLError, *, ran: bool) -> str:
    if isinstance(error.original_error, GraphError):
        return error.original_error.code
    if isinstance(error.original_error, REQUEST_ERRORS):
        return BAD_REQUEST
    if isinstance(error, GraphQLSyntaxError):
        return PARSE_FAILED
    return BAD_INPUT if ran else VALIDATION_FAILED


def _clean(error: GraphQLError, suggesting: bool) -> str:
    if (error.extensions or {}).get("code") or isinstance(error.original_error, GraphError):
        return error.message  # our own words
    if isinstance(error, GraphQLSyntaxError):
        return hidden(SPELT.sub(r"\1 \2.", error.message))
    message = error.message
    if not isinstance(error.original_error, WORDED):
        message = PYTHON.sub("", message)
    for pattern, words in REPEATED:
        message = pattern.sub(words, message)
    # A name that a client made up may be a number too.
    return hidden(message if suggesting else SUGGESTED.sub("", message))


def _field(error: GraphQLError) -> str | None:
    node = error.nodes[0] if error.nodes else None
    return node.name.value if isinstance(node, FieldNode) else None


def frames(fault: BaseException | None) -> list[str]:
    """Where it came from, innermost last: no message, no value."""
    places = []
    step = fault.__traceback__ if fault else None
    while step:
        code = step.tb_frame.f_code
        places.append(f"{code.co_filename}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return places[-6:]
