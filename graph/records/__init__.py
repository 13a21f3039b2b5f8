"""What the graph returns: the single list of names."""

from graph.records.accounts import Account as Account
from graph.records.accounts import BrokerAccount as BrokerAccount
from graph.records.accounts import FilerCode as FilerCode
from graph.records.accounts import ImporterAccount as ImporterAccount
from graph.records.accounts import ImporterNumber as ImporterNumber
from graph.records.accounts import Organization as Organization
from graph.records.accounts import Party as Party
from graph.records.accounts import Person as Person
from graph.records.accounts import RedactedNode as RedactedNode
from graph.records.accounts import UnspecifiedParty as UnspecifiedParty
from graph.records.answers import Edge as Edge
from graph.records.answers import OwnersPage as OwnersPage
from graph.records.answers import Page as Page
from graph.records.answers import PageInfo as PageInfo
from graph.records.answers import PointOfContact as PointOfContact
from graph.records.answers import RiskReachEdge as RiskReachEdge
from graph.records.answers import RiskReachPage as RiskReachPage
from graph.records.answers import SearchEdge as SearchEdge
from graph.records.caseload import AgendaItem as AgendaItem
from graph.records.caseload import Caseload as Caseload
from graph.records.caseload import CaseloadEffect as CaseloadEffect
from graph.records.caseload import Money as Money
from graph.records.caseload import ReassignmentSimulation as ReassignmentSimulation
from graph.records.caseload import UserError as UserError
from graph.records.changes import Change as Change
from graph.records.changes import PropertyChange as PropertyChange
from graph.records.desk import Job as Job
from graph.records.desk import JobError as JobError
from graph.records.desk import SavedView as SavedView
from graph.records.desk import Webhook as Webhook
from graph.records.desk import WebhookDelivery as WebhookDelivery
from graph.records.entity import Degree as Degree
from graph.records.entity import Entity as Entity
from graph.records.entity import Linked as Linked
from graph.records.entity import Relationship as Relationship
from graph.records.entity import ShareRange as ShareRange
from graph.records.entity import Source as Source
from graph.records.entity import Term as Term
from graph.records.entity import TotalCount as TotalCount
from graph.records.events import ChangeEvent as ChangeEvent
from graph.records.moment import Moment as Moment
from graph.records.ownership import BlockedStatus as BlockedStatus
from graph.records.ownership import ControlGroup as ControlGroup
from graph.records.ownership import ControlGroupMember as ControlGroupMember
from graph.records.ownership import EffectiveOwnership as EffectiveOwnership
from graph.records.ownership import OwnershipRemark as OwnershipRemark
from graph.records.ownership import UltimateOwner as UltimateOwner
from graph.records.ownership import UltimateOwnership as UltimateOwnership
from graph.records.ownership import UndisclosedPart as UndisclosedPart
from graph.records.paths import Hop as Hop
from graph.records.paths import Path as Path
from graph.records.paths import PathAnswer as PathAnswer
from graph.records.performance import AccountPerformance as AccountPerformance
from graph.records.performance import CenterEvidence as CenterEvidence
from graph.records.performance import CenterExplanation as CenterExplanation
from graph.records.performance import ComplianceRate as ComplianceRate
from graph.records.performance import DiscrepancyCount as DiscrepancyCount
from graph.records.performance import MetricComparison as MetricComparison
from graph.records.performance import PerformancePeriod as PerformancePeriod
from graph.records.program import AnnualNotification as AnnualNotification
from graph.records.program import IsaParticipation as IsaParticipation
from graph.records.program import Issue as Issue
from graph.records.program import RiskFlag as RiskFlag
from graph.records.program import SharedAttribute as SharedAttribute
from graph.records.program import Strategy as Strategy
from graph.records.program import StrategyMeasure as StrategyMeasure
from graph.records.risk import Counterfactual as Counterfactual
from graph.records.risk import CounterfactualCut as CounterfactualCut
from graph.records.risk import Risk as Risk
from graph.records.risk import RiskChain as RiskChain
from graph.records.risk import RiskEffect as RiskEffect
from graph.records.risk import WhatIf as WhatIf
from graph.records.segments import RiskSegment as RiskSegment
from graph.records.staff import AccountManager as AccountManager
from graph.records.staff import Center as Center
from graph.records.staff import Discipline as Discipline
from graph.records.staff import HtsChapter as HtsChapter
from graph.records.staff import Port as Port
from graph.records.staff import Specialist as Specialist
from graph.records.staff import StaffMember as StaffMember
from graph.records.tariff import CenterChangeRequest as CenterChangeRequest
from graph.records.tariff import CenterScope as CenterScope
from graph.records.traversal import Comparison as Comparison
from graph.records.traversal import Completeness as Completeness
from graph.records.traversal import RelationshipDifference as RelationshipDifference
from graph.records.traversal import Reproduction as Reproduction
from graph.records.walks import Neighborhood as Neighborhood
from graph.records.walks import NeighborhoodNode as NeighborhoodNode
from graph.records.walks import ReachableEdge as ReachableEdge
from graph.records.walks import ReachablePage as ReachablePage
from graph.records.warnings import Warning as Warning
from graph.records.written import Written as Written

# The label that tells which record a node becomes; the more particular ones first.
RECORDS: dict[str, type[Entity]] = {
    "Importer": ImporterAccount,
    "Broker": BrokerAccount,
    "ImporterNumber": ImporterNumber,
    "FilerCode": FilerCode,
    "Organization": Organization,
    "Person": Person,
    "Unspecified": UnspecifiedParty,
    "AccountManager": AccountManager,
    "Specialist": Specialist,
    "Discipline": Discipline,
    "Center": Center,
    "HtsChapter": HtsChapter,
    "Port": Port,
    "IsaParticipation": IsaParticipation,
    "RiskFlag": RiskFlag,
    "Issue": Issue,
    "Strategy": Strategy,
    "SharedAttribute": SharedAttribute,
}

# Every label there is: what query files may name.
LABELS: frozenset[str] = frozenset(RECORDS) | {
    "Entity",
    "Account",
    "Party",
    "Term",
    "HtsHeading",
    "PerformancePeriod",
    "AnnualNotification",
    "CenterChangeRequest",
    "RiskPolicy",
    "RiskSegment",
    "Change",
    "ChangeLog",
    "IdempotencyKey",
    "Service",
    "ServiceKey",
    "Revocation",
    "Session",
    "OwnerRegistration",
    "Former",
    "SavedView",
    "Job",
    "Webhook",
    "WebhookDelivery",
    "Migration",
    "MigrationLock",
    "ReferenceData",
}
