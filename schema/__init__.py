"""The GraphQL schema, assembled."""

from strawberry.schema.config import StrawberryConfig

from schema import terms as terms  # first: an input that uses an enum would name it anew
from schema.account import BrokerAccount, ImporterAccount
from schema.extensions.guarded import Schema
from schema.identifier import FilerCode, ImporterNumber
from schema.isa import IsaParticipation
from schema.issue import Issue
from schema.mutation import Mutation
from schema.party import Organization, Person, UnspecifiedParty
from schema.program import RiskFlag, SharedAttribute
from schema.query import Query
from schema.redacted import RedactedNode
from schema.relationship import Relationship
from schema.scalars import SCALARS
from schema.staff import AccountManager, Center, Discipline, Specialist
from schema.strategy import Strategy
from schema.subscription import Subscription
from schema.tariff import HtsChapter, Port

THINGS = [
    ImporterAccount,
    BrokerAccount,
    ImporterNumber,
    FilerCode,
    Organization,
    Person,
    UnspecifiedParty,
    AccountManager,
    Specialist,
    Discipline,
    Center,
    HtsChapter,
    Port,
    IsaParticipation,
    RiskFlag,
    Issue,
    Strategy,
    SharedAttribute,
    RedactedNode,
    Relationship,
]

schema = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=THINGS,
    config=StrawberryConfig(scalar_map=SCALARS),
)
