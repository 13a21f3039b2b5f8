"""Documents read once: parsed, measured and validated, then known by their text."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from graphql.utilities import value_from_ast_untyped
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from schema.extensions.cost import points
from schema.extensions.errors import LIMIT_EXCEEDED, MOST_TOLD, Refused
from schema.extensions.limits import Limits, too_large
from schema.extensions.measure import Ruler
from schema.extensions.selected import selected
from schema.extensions.size import Size
from schema.extensions.telling import Telling
from schema.extensions.uses import Uses, uses

RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
TEXT = 16_000_000  # characters kept in all; a document of few tokens may still be long


@dataclass(frozen=True)
class Operation:
    """One operation of a document: what it is, how large, and its variables' defaults."""

    kind: str
    size: Size
    defaults: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an operation may cost; without a size, nothing will run."""

    points: int = 0
    size: Size | None = None
    runs: bool = False


@dataclass
class Document:
    """What is known of a text."""

    sha256: str
    node: DocumentNode | None = None
    operations: dict[str | None, Operation] = field(default_factory=dict)
    errors: list[GraphQLError] = field(default_factory=list)
    valid: bool = True  # not so, its errors are those of validation
    suggesting: list[GraphQLError] | None = None  # the same, with names that were perhaps meant
    uses: dict[str | None, Uses] = field(default_factory=dict)  # by operation, if it is valid
    telling: dict[str | None, Telling] = field(default_factory=dict)  # the same

    def operation(self, name: str | None) -> Operation | None:
        """The operation of this name; without one, the only one."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        return self.operations.get(name)


class Documents:
    """The latest documents of one schema."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, most: int = 1_000) -> None:
        """Start empty; keep `most` documents."""
        self._schema = schema
        self._limits = limits
        self._most = most
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._length = 0

    def read(self, text: str) -> Document:
        """The document of this text, faulty or not."""
        if known := self._known.get(text):
            self._known.move_to_end(text)
            return known
        document = self._read(text)
        self._known[text] = document
        self._length += len(text)
        while len(self._known) > self._most or self._length > TEXT:
            self._length -= len(self._known.popitem(last=False)[0])
        return document

    def estimate(self, document: Document, name: str | None, given: Any) -> Estimate:
        """What an operation of a document may cost with these variables."""
        operation = document.operation(name)
        if document.errors or operation is None:
            return Estimate()
        _, tenths = operation.size.count({**operation.defaults, **(given or {})})
        cost = points(tenths)
        return Estimate(cost, operation.size, cost <= self._limits.points)

    def _read(self, text: str) -> Document:
        document = Document(hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest())
        try:
            self._measure(text, document)
        except GraphQLSyntaxError as error:
            large = "Parsing aborted" in error.message  # too many tokens, or too deep
            document.errors = [Refused(error.message, LIMIT_EXCEEDED) if large else error]
        except RecursionError:
            document.errors = [Refused("The document is nested too deeply.", LIMIT_EXCEEDED)]
        return document

    def _measure(self, text: str, document: Document) -> None:
        document.node = node = parse(text, max_tokens=self._limits.tokens)
        fragments = [one for one in node.definitions if isinstance(one, FragmentDefinitionNode)]
        ruler = Ruler(self._schema, {one.name.value: one for one in fragments})
        for one in node.definitions:
            if isinstance(one, OperationDefinitionNode):
                name = one.name.value if one.name else None
                defaults = {
                    variable.variable.name.value: value_from_ast_untyped(variable.default_value)
                    for variable in one.variable_definitions or ()
                    if variable.default_value
                }
                document.operations[name] = Operation(
                    one.operation.value, ruler.operation(one), defaults
                )
        sizes = [one.size for one in document.operations.values()]
        # A fragment that no operation spreads is validated all the same.
        sizes += [replace(ruler.fragment(one.name.value), root_fields=0) for one in fragments]
        large = next((fault for size in sizes if (fault := too_large(self._limits, size))), None)
        document.errors = [large] if large else self._faults(node)
        document.valid = bool(large) or not document.errors
        if not document.errors:
            for one in node.definitions:
                if isinstance(one, OperationDefinitionNode):
                    name = one.name.value if one.name else None
                    parts = selected(self._schema, node, one)
                    document.uses[name] = uses(self._schema, parts)
                    document.telling[name] = Telling(parts)

    def _faults(self, node: DocumentNode, suggest: bool = False) -> list[GraphQLError]:
        hide = not suggest
        faults = validate(self._schema, node, RULES, max_errors=MOST_TOLD, hide_suggestions=hide)
        return faults[:MOST_TOLD]

    def faults(self, document: Document, suggest: bool) -> list[GraphQLError]:
        """What is wrong with a document, with names that were perhaps meant if so asked."""
        if document.valid or not suggest or document.node is None:
            return document.errors
        if document.suggesting is None:
            document.suggesting = self._faults(document.node, suggest=True)
        return document.suggesting


class Known(SchemaExtension):
    """Spares Strawberry the parsing and validation of what was read before it was asked."""

    def on_parse(self) -> None:  # type: ignore[override]
        """Take the document that is known."""
        context = self.execution_context
        context.graphql_document = context.schema.documents.read(context.query).node  # type: ignore[attr-defined]

    def on_validate(self) -> None:  # type: ignore[override]
        """Say that nothing was found."""
        self.execution_context.pre_execution_errors = []
