"""Random questions, made of the SDL: fields, arguments and inputs as they come."""

from dataclasses import dataclass
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
)

from tests.matrix.program import CODES, NUMBERS, WORDS
from tests.schema.asked import SDL

ABSTRACT = GraphQLInterfaceType | GraphQLUnionType
DEEP = 6
GIVEN = 0.25  # how often an argument is given that need not be
SIZES = ("first", "last", "limit", "maxSize")
DAYS = ("2019-06-01", "2020-01-01", "2022-06-30", "2024-01-01", "2025-12-31")
TEXTS = {
    "number": [*NUMBERS.values(), f"{NUMBERS['own'][:-2]}XB", "77-3456789AA"],
    "importerNumber": [*NUMBERS.values(), f"{NUMBERS['own'][:-2]}XC", "77-3456789AA"],
    "filerCode": [*CODES.values(), "X27", "Z99"],
    "text": [*WORDS.values(), "heron mill", "heron plan", "issue", "shadow", "CEE001", "Q07"],
    "nameContains": [*WORDS.values(), "mill", "heron", "shadow", "holding"],
    "code": ["CEE001", "CEE002", "61", "2704", "IMPORT_SPECIALIST", *CODES.values()],
    "centers": ["CEE001", "CEE002", "South"],
    "disciplines": ["IMPORT_SPECIALIST", "REGULATORY_AUDITOR", "LEGAL"],
    "flagKinds": ["PENALTY", "IPR"],
    "kind": ["PENALTY", "IPR"],
    "chapters": ["61", "62"],
    "origins": ["VN", "CN"],
    "countries": ["NL"],
}


@dataclass
class Asker:
    """Makes questions; `ids` are global ids by their kinds, of what is there, hidden or nowhere."""

    random: Random
    ids: dict[str, list[str]]
    fields: int = 0

    def question(self) -> str:
        """A whole document."""
        self.fields = 0
        root = SDL.query_type
        assert root
        names = self.random.sample(sorted(root.fields), self.random.choice((1, 1, 2)))
        asked = [self._field(root, name, f"q{n}: ", 1) for n, name in enumerate(names)]
        return f"{{ {' '.join(asked)} }}"

    def _field(self, kind: Any, name: str, alias: str, depth: int) -> str:
        self.fields += 1
        found = kind.fields[name]
        given = [
            f"{argument}: {value}"
            for argument, one in found.args.items()
            if (value := self._argument(argument, one)) is not None
        ]
        named: Any = get_named_type(found.type)
        below = self._selection(named, depth) if is_composite_type(named) else ""
        told = f"({', '.join(given)})" if given else ""
        return f"{alias}{name}{told}{below}"

    def _selection(self, kind: Any, depth: int) -> str:
        names = sorted(getattr(kind, "fields", {}))
        if depth >= DEEP or self.fields > 80:
            names = [n for n in names if not is_composite_type(get_named_type(kind.fields[n].type))]
        some = self.random.sample(names, min(len(names), self.random.randint(1, 5)))
        some += [name for name in ("id", "totalCount", "nodes") if name in names]
        parts = ["__typename", *(self._field(kind, n, "", depth + 1) for n in dict.fromkeys(some))]
        if isinstance(kind, ABSTRACT):
            parts += [self._of(each, depth) for each in self._possible(kind)]
        return f" {{ {' '.join(parts)} }}"

    def _of(self, kind: GraphQLObjectType, depth: int) -> str:
        """Some fields of one possible type, each by a name of its own: types differ in theirs."""
        names = self.random.sample(sorted(kind.fields), min(3, len(kind.fields)))
        if depth >= DEEP or self.fields > 80:
            names = ["id"]
        fields = (self._field(kind, n, f"{kind.name}_{n}: ", depth + 1) for n in names)
        return f"... on {kind.name} {{ {' '.join(fields)} }}"

    def _possible(self, kind: Any) -> list[GraphQLObjectType]:
        every = sorted(SDL.get_possible_types(kind), key=lambda one: one.name)
        return self.random.sample(every, min(2, len(every)))

    def _argument(self, name: str, argument: Any) -> str | None:
        if name in ("after", "before") or (name == "last"):
            return None
        needed = (
            isinstance(argument.type, GraphQLNonNull) and argument.ast_node.default_value is None
        )
        if name in SIZES:
            return str(self.random.randint(1, 4))
        if not needed and self.random.random() > GIVEN:
            return None
        return self._value(name, argument.type, 0)

    def _value(self, name: str, kind: Any, depth: int) -> str:
        if isinstance(kind, GraphQLNonNull):
            return self._value(name, kind.of_type, depth)
        if isinstance(kind, GraphQLList):
            many = self.random.randint(1, 3)
            return f"[{', '.join(self._value(name, kind.of_type, depth) for _ in range(many))}]"
        if isinstance(kind, GraphQLInputObjectType):
            return self._object(kind, depth)
        if isinstance(kind, GraphQLEnumType):
            return str(self.random.choice(sorted(kind.values)))
        return self._plain(name, str(kind.name))

    def _object(self, kind: GraphQLInputObjectType, depth: int) -> str:
        names = sorted(kind.fields)
        if kind.is_one_of:
            names = [self.random.choice(names)]
        else:
            needed = [n for n in names if isinstance(kind.fields[n].type, GraphQLNonNull)]
            more: list[str] = self.random.sample(names, min(len(names), 0 if depth > 1 else 2))
            names = [n for n in dict.fromkeys([*needed, *more]) if n != "knownAt"]
        inner = (f"{n}: {self._value(n, kind.fields[n].type, depth + 1)}" for n in names)
        return f"{{{', '.join(inner)}}}"

    def _plain(self, name: str, kind: str) -> str:
        random = self.random
        if kind == "ID":
            return f'"{random.choice(self.ids[random.choice(sorted(self.ids))])}"'
        if kind in ("String", "URL"):
            return f'"{random.choice(TEXTS.get(name, ["Heron"]))}"'
        return {
            "Int": str(random.randint(1, 3)),
            "Float": "1",
            "Boolean": random.choice(("true", "false")),
            "Date": f'"{random.choice(DAYS)}"',
            "DateTime": f'"{random.choice(DAYS)}T00:00:00Z"',
            "Score": random.choice(("0.01", "0.3", "0.9")),
            "Decimal": '"1"',
            "Percent": str(random.choice((5, 25, 50))),
            "Share": "1",
        }.get(kind, "null")
