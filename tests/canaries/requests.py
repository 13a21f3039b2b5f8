"""Requests that put texts in a place, each under a name of its own, all in one document."""

import json
from collections.abc import Sequence
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_composite_type,
)

from graph import ids
from tests.canaries.places import SDL, Place

THINGS = {
    "ImporterAccount": "Account:A-1",
    "BrokerAccount": "Account:B-1",
    "ImporterNumber": "ImporterNumber:N-1",
    "FilerCode": "FilerCode:ABC",
    "Organization": "Party:O-1",
    "Person": "Party:P-1",
    "UnspecifiedParty": "Party:U-1",
    "AccountManager": "AccountManager:M-1",
    "Specialist": "Specialist:S-1",
    "Center": "Center:CEE004",
    "Discipline": "Discipline:IMPORT_SPECIALIST",
    "Port": "Port:2704",
    "HtsChapter": "HtsChapter:61",
    "IsaParticipation": "IsaParticipation:I-1",
    "RiskFlag": "RiskFlag:F-1",
    "Issue": "Issue:IS-1",
    "Strategy": "Strategy:ST-1",
    "SharedAttribute": "SharedAttribute:SA-1",
}
PARENTS = {"RiskSegment": "riskSegments { %s }"}  # of types that are no things: a way to one
BY_NAME = {  # what a text that must be given is, beside the one that is tried
    "accountId": "Account:A-1", "accountIds": "Account:A-1", "intoId": "Account:A-1",
    "fromIds": "Account:A-2", "importerNumberIds": "ImporterNumber:N-3", "managerId":
    "AccountManager:M-1", "specialistId": "Specialist:S-1", "subjectId": "Party:O-1",
    "fromId": "Party:P-1", "toId": "Party:O-2", "participationId": "IsaParticipation:I-1",
    "from": "Party:P-1", "to": "Party:O-1", "around": "Party:O-1", "of": "Account:A-1",
    "owner": "Party:P-1", "id": "Account:A-1", "ids": "Account:A-1",
}  # fmt: skip
BASES: dict[str, dict[str, Any]] = {  # what a write needs beyond what the schema says it must
    "openAccount": {"kind": "IMPORTER", "importerNumbers": ["12-7654321AB"]},
    "closeAccount": {"id": ids.encode("Account:A-2")},
    "saveImporterNumber": {"number": "12-7654321AC"},
    "saveFilerCode": {"code": "XYZ"},
    "attachIdentifiers": {"importerNumberIds": [ids.encode("ImporterNumber:N-3")]},
    "detachIdentifiers": {"importerNumberIds": [ids.encode("ImporterNumber:N-2")]},
    "splitAccount": {"importerNumberIds": [ids.encode("ImporterNumber:N-2")]},
    "saveParty": {"kind": "ORGANIZATION", "name": "Tally Works"},
    "saveAccountManager": {"name": "R. Elm", "center": "CEE004"},
    "saveSpecialist": {"name": "S. Elm", "discipline": "IMPORT_SPECIALIST", "center": "CEE004"},
    "saveIssue": {"accountId": ids.encode("Account:A-1"), "purpose": "COMPLIANCE",
                  "title": "Look", "leadDiscipline": "IMPORT_SPECIALIST"},
    "resolveIssue": {"id": ids.encode("Issue:IS-1")},
    "resolveRiskFlag": {"id": ids.encode("RiskFlag:F-1")},
    "saveStrategy": {"title": "Plan", "objective": "Less", "leaderId":
                     ids.encode("AccountManager:M-1")},
    "saveWebhook": {"url": "https://hooks.example/", "active": False},
    "saveView": {"title": "Mine", "document": "{ viewer { name } }"},
    "changeIsaStatus": {"id": ids.encode("IsaParticipation:I-1")},
    "requestCenterChange": {"toCenter": "CEE007"},
    "recordRelationships": {},
}  # fmt: skip
SOURCE = {"name": "Register"}
Body = dict[str, Any]


def request(place: Place, texts: Sequence[str], literal: Sequence[bool]) -> Body:
    """A request with these texts there, in the document or as variables."""
    kind: Any = SDL.type_map[place.parent]
    field: GraphQLField = kind.fields[place.field]
    asked: list[str] = []
    declared: list[str] = []
    variables: dict[str, Any] = {}
    for number, (text, spelt) in enumerate(zip(texts, literal, strict=True)):
        values = _arguments(place, field, text)
        if spelt:
            given = [f"{name}: {_literal(field.args[name].type, v)}" for name, v in values.items()]
        else:
            given = [f"{name}: $t{number}_{name}" for name in values]
            declared += [f"$t{number}_{name}: {field.args[name].type}" for name in values]
            variables |= {f"t{number}_{name}": value for name, value in values.items()}
        asked.append(f"t{number}: {place.field}({', '.join(given)}){_below(field)}")
    head = f"({', '.join(declared)})" if declared else ""
    return {"query": _document(place, " ".join(asked), head), "variables": variables}


def _arguments(place: Place, field: GraphQLField, text: str) -> dict[str, Any]:
    """The text in its place, and what must be given beside it."""
    base = BASES.get(place.field, {})
    return {
        name: _value(argument.type, name, place.path[1:] if there else None, text, base)
        for name, argument in field.args.items()
        if (there := name == place.path[0]) or _needed(argument)
    }


def _document(place: Place, asked: str, head: str) -> str:
    roots = {"Query": "query", "Mutation": "mutation", "Subscription": "subscription"}
    if place.parent in roots:
        return f"{roots[place.parent]} {head} {{ {asked} }}"
    if place.parent in PARENTS:
        return f"query {head} {{ {PARENTS[place.parent] % asked} }}"
    thing = ids.encode(THINGS[place.parent])
    return f'query {head} {{ node(id: "{thing}") {{ ... on {place.parent} {{ {asked} }} }} }}'


def _below(field: GraphQLField) -> str:
    """What is told of the answer: of a write all that it says of what was written."""
    if not is_composite_type(get_named_type(field.type)):
        return ""
    named: Any = get_named_type(field.type)
    if "userErrors" in getattr(named, "fields", {}):
        changes = "changes { kind reason properties { property before after } }"
        return f" {{ userErrors {{ code message path }} {changes} }}"
    return " { __typename }"


def _needed(argument: GraphQLArgument) -> bool:
    return isinstance(argument.type, GraphQLNonNull) and argument.ast_node.default_value is None  # type: ignore[union-attr]


def _value(
    kind: Any, name: str, path: Sequence[str] | None, text: str, base: dict[str, Any]
) -> Any:
    """A value of a type; `path` leads to the text in it, None if it is elsewhere."""
    if isinstance(kind, GraphQLNonNull):
        return _value(kind.of_type, name, path, text, base)
    if isinstance(kind, GraphQLList):
        return [_value(kind.of_type, name, path, text, base)]
    if isinstance(kind, GraphQLInputObjectType):
        return _object(kind, path, text, base)
    if path is not None:
        return {"n": text} if kind.name == "JSON" else text
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if name in BY_NAME:
        return ids.encode(BY_NAME[name])
    samples = {"Date": "2026-01-01", "DateTime": "2026-01-01T00:00:00Z", "Boolean": False,
               "Int": 1, "Percent": 1, "Score": 0.5, "Decimal": "1", "Float": 1.0}  # fmt: skip
    return samples.get(kind.name, "Tally")


def _object(
    kind: GraphQLInputObjectType, path: Sequence[str] | None, text: str, base: dict[str, Any]
) -> dict[str, Any]:
    found = {} if kind.is_one_of else dict(base)
    for name, field in kind.fields.items():
        there = path is not None and name == path[0]
        needed = isinstance(field.type, GraphQLNonNull) and field.ast_node.default_value is None
        needed = needed or (kind.is_one_of and path is None and not found)
        if there or (needed and name not in found):
            found[name] = _value(field.type, name, path[1:] if there and path else None, text, {})
    if kind.name == "RelationshipInput":
        found = {"source": SOURCE, "type": "OWNS", "share": {"min": 1, "max": 1}, **found}
    return found


def _literal(kind: Any, value: Any) -> str:
    """The value as a document spells it."""
    if isinstance(kind, GraphQLNonNull):
        return _literal(kind.of_type, value)
    if isinstance(kind, GraphQLList):
        return "[" + ", ".join(_literal(kind.of_type, each) for each in value) + "]"
    if isinstance(kind, GraphQLInputObjectType):
        inner = (f"{n}: {_literal(kind.fields[n].type, v)}" for n, v in value.items())
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, dict):  # JSON
        return "{" + ", ".join(f"{n}: {_literal(kind, v)}" for n, v in value.items()) + "}"
    if isinstance(kind, GraphQLEnumType):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
