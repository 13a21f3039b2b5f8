"""What an operation asks for below a field: it decides which parts a statement carries."""

from collections.abc import Iterator

from graphql import FieldNode, FragmentSpreadNode, SelectionSetNode

from resolvers.context import Info


def below(info: Info, *path: str) -> frozenset[str]:
    """The names of all fields selected below this one, or below those on a path under it.

    Type conditions, `@include` and `@skip` are not weighed: a part too many costs little.
    """
    return frozenset(node.name.value for node in _selected(info, *path))


def _selected(info: Info, *path: str) -> list[FieldNode]:
    sets = [node.selection_set for node in info._raw_info.field_nodes]
    for name in path:
        sets = [
            node.selection_set for each in sets for node in _fields(info, each) if _is(node, name)
        ]
    return [node for each in sets for node in _fields(info, each)]


def with_argument(info: Info, argument: str, *path: str) -> bool:
    """Whether a field selected below this one, or below those on a path, is given an argument."""
    return any(
        given.name.value == argument
        for node in _selected(info, *path)
        for given in node.arguments or ()
    )


def _is(node: FieldNode, name: str) -> bool:
    return node.name.value == name


def _fields(info: Info, selected: SelectionSetNode | None) -> Iterator[FieldNode]:
    """Every field of a selection, through fragments."""
    for node in selected.selections if selected else ():
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, FragmentSpreadNode):
            fragment = info._raw_info.fragments[node.name.value]
            yield from _fields(info, fragment.selection_set)
        else:
            yield from _fields(info, node.selection_set)  # type: ignore[attr-defined]
