"""How confidential facts are, from what registers publish to what is about one account.

Restricted facts stay out (ADR 43).
"""

from collections.abc import Mapping
from enum import IntEnum

from graph.terms import RelationshipType as Type


class Class(IntEnum):
    """The higher, the fewer may know it."""

    PUBLIC = 1  # published by registers and by law
    INTERNAL = 2  # about staff, and claims of ownership and control
    ACCOUNT = 3  # about an account: its numbers, figures, issues, flags


CLAIMS: Mapping[Type, Class] = {
    Type.SCOPE_OF: Class.PUBLIC,
    Type.OWNS: Class.INTERNAL,
    Type.CONTROLS: Class.INTERNAL,
    Type.OFFICER_OF: Class.INTERNAL,
    Type.SUCCESSOR_OF: Class.INTERNAL,
    Type.NOMINEE_FOR: Class.INTERNAL,
    Type.MANAGED_BY: Class.INTERNAL,
    Type.MEMBER_OF: Class.INTERNAL,
    Type.ASSIGNED_TO: Class.INTERNAL,
    Type.PRACTISES: Class.INTERNAL,
    Type.SERVES: Class.INTERNAL,
    Type.IDENTIFIES: Class.ACCOUNT,
    Type.HOLDS: Class.ACCOUNT,
    Type.GRANTED_POA: Class.ACCOUNT,
    Type.PARTICIPATES_IN: Class.ACCOUNT,
    Type.COVERS: Class.ACCOUNT,
    Type.FLAGS: Class.ACCOUNT,
    Type.CONCERNS: Class.ACCOUNT,
    Type.HANDLED_BY: Class.ACCOUNT,
    Type.ADDRESSES: Class.ACCOUNT,
    Type.SHARES: Class.ACCOUNT,
}
"""Of claims, by the type of the relationship."""
