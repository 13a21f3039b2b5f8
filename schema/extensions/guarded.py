"""The schema class: nothing runs before it was measured, no error leaves before it was told."""

import dataclasses
from collections.abc import AsyncGenerator, Iterable, Mapping
from typing import Any, cast

import strawberry
from graphql import GraphQLError
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.schema.schema import StreamResult
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType
from strawberry.utils.aio import aclosing

from schema.extensions.documents import Document, Documents, Known
from schema.extensions.errors import log_accidents, told
from schema.extensions.executor import PlainExecutor
from schema.extensions.introspection import disclosed, hidden
from schema.extensions.limits import Limits, too_many
from schema.extensions.operations import unnamed
from schema.extensions.rights import unsubscribed


class Schema(strawberry.Schema):
    """`strawberry.Schema` with one document cache, limits, masked errors and a fresh context."""

    def __init__(self, *args: Any, limits: Limits | None = None, **settings: Any) -> None:
        """Take what `strawberry.Schema` takes, and the limits of one operation."""
        settings["extensions"] = [Known, *settings.get("extensions", ())]
        settings.setdefault("execution_context_class", PlainExecutor)
        super().__init__(*args, **settings)
        self.limits = limits or Limits()
        self.documents = Documents(self._schema, self.limits)

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        if query and (
            refused := self._refused(query, variable_values, context_value, operation_name)
        ):
            if allowed_operation_types is not None:  # which is told first, whatever else is wrong
                self._require(query, operation_name, allowed_operation_types)
            return refused
        result = await super().execute(
            query,
            variable_values,
            context_value,
            root_value,
            operation_name,
            allowed_operation_types,
            operation_extensions,
        )
        return cast("ExecutionResult", _told(result, context_value))

    async def stream(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        operation_extensions: dict[str, Any] | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
    ) -> StreamResult:
        if query and (
            refused := self._refused(query, variable_values, context_value, operation_name)
        ):
            return _only(refused)
        source = await super().stream(
            query,
            variable_values,
            _fresh(context_value),
            root_value,
            operation_name,
            operation_extensions,
            allowed_operation_types,
        )
        return _each(source, context_value)

    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,  # noqa: ARG002
    ) -> None:
        """Log our own faults only: a client's bad query is no event of ours."""
        log_accidents(errors)

    def _require(self, query: str, name: str | None, allowed: Iterable[OperationType]) -> None:
        operation = self.documents.read(query).operation(name)
        if operation and OperationType(operation.kind) not in allowed:
            raise InvalidOperationTypeError(OperationType(operation.kind))

    def _refused(
        self, query: str, variables: dict[str, Any] | None, context: Any, name: str | None
    ) -> PreExecutionError | None:
        document = self.documents.read(query)
        suggest = bool(document.errors) and disclosed(context).suggestions
        fault = self.documents.faults(document, suggest) or self._fault(
            document, variables or {}, context, name
        )
        if not fault:
            return None
        return PreExecutionError(data=None, errors=told(fault, ran=False, suggesting=suggest))

    def _fault(
        self, document: Document, variables: Mapping[str, Any], context: Any, name: str | None
    ) -> list[GraphQLError]:
        operation = document.operation(name)
        if (unclear := unnamed(document.operations, name)) or operation is None:
            return [unclear] if unclear else []
        fault = hidden(operation.size.introspects, context) or too_many(
            self.limits,
            operation.size,
            {**operation.defaults, **variables},
            writes=OperationType(operation.kind) is OperationType.MUTATION,
        )
        if fault is None and operation.kind == OperationType.SUBSCRIPTION.value:
            fault = unsubscribed(self._schema, document.node, name, context)
        return [fault] if fault else []


def _told(result: Any, context: Any) -> Any:
    if errors := getattr(result, "errors", None):
        ran, suggest = not isinstance(result, PreExecutionError), disclosed(context).suggestions
        result.errors = told(errors, ran=ran, suggesting=suggest)
    return result


async def _only(result: PreExecutionError) -> AsyncGenerator[Any, None]:
    yield result


async def _each(source: StreamResult, context: Any) -> AsyncGenerator[Any, None]:
    async with aclosing(source):
        async for result in source:
            yield _told(result, context)


def _fresh(context: Any) -> Any:
    """The context without what its loaders remember: a socket's lives longer than an answer."""
    return dataclasses.replace(context) if dataclasses.is_dataclass(context) else context  # type: ignore[type-var]
