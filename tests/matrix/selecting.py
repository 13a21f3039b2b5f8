"""What asks for every field of every object, made of the SDL: a new field is asked by itself.

A tree is what is selected of a type. What has an id is a thing, and asked for itself elsewhere: of
one that is met, the id. What has none is asked for with all its fields where it is met.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLObjectType, get_named_type, is_abstract_type, is_composite_type

from graph import ids
from tests.schema.asked import SDL

Place = tuple[str, str]
Open = Callable[[Place], bool]
GIVEN = {  # of arguments that must be given, or that make an answer say more
    "AccountPerformance.breakdown": "by: HTS_CHAPTER, limit: 1",
    "ImporterAccount.importerNumbers": "first: 2",
    "Organization.effectiveOwnership": f'owner: "{ids.encode("Party:P-own")}"',
    "Organization.ownershipPaths": f'from: "{ids.encode("Party:P-own")}"',
    "Risk.counterfactual": "below: 0.1, limit: 1",
    "ControlGroup.members": "limit: 1",
}
SIZES = ("first", "limit")
THING = "... on Node { id }"
FIELDS = 100  # of one document


@dataclass
class Tree:
    """The fields that are selected of a type, with what is selected of each; None of a thing."""

    kind: str
    fields: dict[str, "Tree | None"] = field(default_factory=dict)

    def text(self) -> str:
        """As a document spells it."""
        return " ".join(
            f"{name}{_arguments(self.kind, name)}{_selected(self.kind, name, tree)}"
            for name, tree in self.fields.items()
        )

    @property
    def places(self) -> set[Place]:
        """Every field, with the type that it is of."""
        below = (tree.places for tree in self.fields.values() if tree)
        return {(self.kind, name) for name in self.fields}.union(*below)

    @property
    def size(self) -> int:
        """How many fields."""
        return sum(1 + (tree.size if tree else 1) for tree in self.fields.values())


def fields(kind: str) -> Mapping[str, Any]:
    """The fields of an object."""
    found: Any = SDL.type_map[kind]
    return found.fields  # type: ignore[no-any-return]


def leads(kind: str, name: str) -> str | None:
    """The type of a field, if it has fields itself; its name."""
    named = get_named_type(fields(kind)[name].type)
    return named.name if is_composite_type(named) else None


def is_thing(kind: str) -> bool:
    """Whether it has an id."""
    named: Any = SDL.type_map[kind]
    if is_abstract_type(named):
        return all(is_thing(each.name) for each in SDL.get_possible_types(named))
    return any(each.name == "Node" for each in named.interfaces)


def tree(
    kind: str,
    open_: Open,
    above: tuple[str, ...] = (),
    whole: bool = False,
    known: set[str] | None = None,
) -> Tree:
    """All fields of a type that are `open_`, and of what it is made of; of things too, if `whole`.

    What would come again below itself is not asked again. What is `known`, since all its fields
    have been asked for, is asked for one of them.
    """
    found = Tree(kind)
    for name in filter(lambda name: open_((kind, name)), fields(kind)):
        below = leads(kind, name)
        if below is None or (is_thing(below) and not whole):
            found.fields[name] = None
        elif below not in (*above, kind) and not is_abstract_type(SDL.type_map[below]):
            inner = _below(below, open_, (*above, kind), whole, known)
            if inner.fields:
                found.fields[name] = inner
    return found


def _below(
    kind: str, open_: Open, above: tuple[str, ...], whole: bool, known: set[str] | None
) -> Tree:
    """What is asked of a type where it is met."""
    if known is None:
        return tree(kind, open_, above, whole)
    if kind in known:
        return _one(kind, open_)
    known.add(kind)
    return tree(kind, open_, above, whole, known)


def _one(kind: str, open_: Open) -> Tree:
    """One field of what is asked for elsewhere: the id of a thing if there is one."""
    places = [(leads(kind, name), name) for name in fields(kind) if open_((kind, name))]
    ends = [name for below, name in places if below is None or is_thing(below)]
    ends.sort(key=lambda name: name != "nodes")
    if ends:
        return Tree(kind, {ends[0]: None})
    below, name = places[0]
    return Tree(kind, {name: _one(str(below), open_)})


def parts(whole: Tree, most: int = FIELDS) -> Iterator[Tree]:
    """The same in documents of some fields each."""
    part = Tree(whole.kind)
    for name, below in sorted(whole.fields.items(), key=lambda one: one[1].size if one[1] else 1):
        size = below.size if below else 1
        if part.fields and part.size + size > most:
            yield part
            part = Tree(whole.kind)
        part.fields[name] = below
    if part.fields:
        yield part


def objects() -> dict[str, list[str]]:
    """Every object of the SDL, with its fields."""
    return {
        name: list(kind.fields)
        for name, kind in SDL.type_map.items()
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
    }


def _arguments(kind: str, name: str) -> str:
    if given := GIVEN.get(f"{kind}.{name}"):
        return f"({given})"
    sized = [each for each in SIZES if each in fields(kind)[name].args]
    return f"({sized[0]}: 1)" if sized else ""


def _selected(kind: str, name: str, tree_: Tree | None) -> str:
    if tree_:
        return f" {{ {tree_.text()} }}"
    below = leads(kind, name)
    return f" {{ __typename {THING if is_thing(below) else ''} }}" if below else ""
