"""A module changed in one place, in each of the ways in which that may go wrong."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OTHER: dict[type, type] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div,
    ast.Div: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
Change = Callable[[Any], None]


@dataclass(frozen=True)
class Mutant:
    """One change: where, what, and the module with it."""

    file: str
    line: int
    text: str  # the line that is changed
    what: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """What it is called wherever the line may move to."""
        return f"{self.file}: {self.text} [{self.what}]"


def mutants(path: Path, root: Path) -> Iterator[Mutant]:
    """Every mutant of a file, in order."""
    source = path.read_text(encoding="utf-8")
    tree, lines = ast.parse(source), source.splitlines()
    left_out = {id(node) for each in ast.walk(tree) for node in _untested(each)}
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in left_out:
            continue
        for what, change in _changes(node):
            changed = copy.deepcopy(tree)
            change(next(n for at, n in enumerate(ast.walk(changed)) if at == place))
            line = getattr(node, "lineno", 0)
            text = lines[line - 1].strip()
            yield Mutant(
                path.relative_to(root).as_posix(),
                line,
                text,
                what,
                ast.fix_missing_locations(changed),
            )


def _untested(node: ast.AST) -> Iterator[ast.AST]:
    """What says nothing when it runs: types, decorators, descriptions, types' checks."""
    below: list[ast.AST | None] = []
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        below = [node.returns, *node.decorator_list]
    elif isinstance(node, ast.ClassDef):
        below = [*node.decorator_list]
    elif isinstance(node, ast.arg | ast.AnnAssign):
        below = [node.annotation]
    elif isinstance(node, ast.Assert) or _is_text(node):
        below = [node]
    for each in below:
        if each is not None:
            yield from ast.walk(each)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    yield from _of_operators(node)
    yield from _of_tables(node)
    match node:
        case ast.Constant():
            yield from _constant(node)
        case ast.Return(value=ast.expr()):
            yield "return None", lambda n: setattr(n, "value", ast.Constant(None))
        case ast.Expr() | ast.Raise() | ast.AugAssign() | ast.Delete():
            yield "left out", _left_out
        case ast.Call():
            for at, keyword in enumerate(node.keywords):
                yield f"without {keyword.arg or '**'}", _without(at)


def _of_operators(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Compare():
            for at, op in enumerate(node.ops):
                yield f"{_named(op)} {at}", _compared(at)
        case ast.BoolOp() | ast.BinOp() if type(node.op) in OTHER:
            yield _named(node.op), _operated
        case ast.If() | ast.IfExp() | ast.While():
            yield "if not", _turned
        case ast.UnaryOp(op=ast.Not()):
            yield "no not", lambda n: setattr(n, "operand", ast.UnaryOp(ast.Not(), n.operand))


def _of_tables(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Set() | ast.List(ctx=ast.Load()) | ast.Tuple(ctx=ast.Load()):
            for at, each in enumerate(node.elts):
                yield f"without {ast.unparse(each)}", _without_element(at)
        case ast.Dict():
            for at, key in enumerate(node.keys):
                yield f"without {ast.unparse(key) if key else at}", _without_entry(at)


def _named(op: ast.AST) -> str:
    return f"{type(op).__name__} -> {OTHER[type(op)].__name__}"


def _compared(at: int) -> Change:
    def change(node: Any) -> None:
        node.ops[at] = OTHER[type(node.ops[at])]()

    return change


def _operated(node: Any) -> None:
    node.op = OTHER[type(node.op)]()


def _turned(node: Any) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _left_out(node: Any) -> None:
    node.__class__ = ast.Pass


def _without(at: int) -> Change:
    def change(node: Any) -> None:
        del node.keywords[at]

    return change


def _without_element(at: int) -> Change:
    def change(node: Any) -> None:
        del node.elts[at]

    return change


def _without_entry(at: int) -> Change:
    def change(node: Any) -> None:
        del node.keys[at], node.values[at]

    return change


def _constant(node: ast.Constant) -> Iterator[tuple[str, Change]]:
    value = node.value
    other: Any
    if isinstance(value, bool):
        other = not value
    elif isinstance(value, int):
        other = value + 1
    elif isinstance(value, float):
        other = value * 2
    elif isinstance(value, str):
        other = f"XX{value}"
    else:
        return
    yield f"{value!r} -> {other!r}", lambda n: setattr(n, "value", other)
