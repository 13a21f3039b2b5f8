"""The class of what each type of the schema tells; docs/security.md says what for."""

from collections.abc import Mapping

from graph.classes import Class

Place = tuple[str, str]

# Frames around facts: what is told stands inside.
FRAMES = """
Query Mutation Subscription ChangeEvent Completeness Comparison Moment PageInfo PathAnswer
RelationshipDifference Reproduction Traversal Hop Neighborhood NeighborhoodNode WhatIf
ReassignmentSimulation MutationPayload AccountPayload IdentifierPayload RelationshipPayload
RiskFlagPayload RiskSegmentPayload AssignmentPayload CenterChangeRequestPayload
IsaParticipationPayload PartyPayload StaffPayload IssuePayload StrategyPayload SavedViewPayload
WebhookPayload JobPayload AccountConnection AccountEdge AccountManagerConnection AccountManagerEdge
ChangeConnection ChangeEdge FilerCodeConnection FilerCodeEdge HoldingConnection
ImporterNumberConnection ImporterNumberEdge IsaParticipationConnection IsaParticipationEdge
IssueConnection IssueEdge OwnerConnection PartyConnection PartyEdge ReachableConnection
ReachableEdge RelationshipConnection RelationshipEdge RiskReachConnection RiskReachEdge
SearchConnection SearchEdge SpecialistConnection SpecialistEdge
"""
PUBLIC = "Center CenterScope Discipline HtsChapter Organization Port Term"
# Staff and who answers for what; ownership and control; counts; rules; what is the caller's own.
INTERNAL = """
AccountManager Caseload CaseloadEffect Degree PointOfContact Specialist StaffMember TotalCount
Viewer SavedView Job JobError Webhook WebhookDelivery
BlockedStatus ControlGroup ControlGroupMember EffectiveOwnership HoldingEdge Owner OwnerEdge
OwnershipRemark Party Path Person ShareRange Source UltimateOwner UltimateOwnership UndisclosedPart
UnspecifiedParty RedactedNode
RiskBand RiskPolicy RiskRule RiskSegment
"""
# Of an interface the highest of its types, where the answer does not tell which it is.
ACCOUNT = """
Account AccountPerformance AgendaItem AnnualNotification BrokerAccount CenterChangeRequest
CenterEvidence CenterExplanation Change ComplianceRate Counterfactual CounterfactualCut
DiscrepancyCount Entity FilerCode ImporterAccount ImporterNumber IsaParticipation Issue
MetricComparison Money Node PerformancePeriod PropertyChange Relationship Risk RiskChain RiskEffect
RiskFlag RiskSubject SharedAttribute Strategy StrategyMeasure UserError Warning
"""
OF_TYPE: Mapping[str, Class] = {
    name: of
    for names, of in (
        (FRAMES, Class.PUBLIC),
        (PUBLIC, Class.PUBLIC),
        (INTERNAL, Class.INTERNAL),
        (ACCOUNT, Class.ACCOUNT),
    )
    for name in names.split()
}
"""Of an object by its type; of one that is not here the highest."""
OF_FIELD: Mapping[Place, Class] = {
    ("Path", "text"): Class.ACCOUNT,  # names whatever it passes
    ("SearchEdge", "matched"): Class.ACCOUNT,  # an importer number, perhaps
}
"""Of values that tell more than the object they are of."""
