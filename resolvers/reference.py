"""Entry fields to reference data: disciplines, chapters, ports and vocabularies."""

import re
from datetime import date
from typing import Annotated

import strawberry

from graph import records, staff
from graph.errors import BadInput
from graph.records.moment import Moment
from graph.terms import VocabularyName
from resolvers.arguments import MomentArgument, moment_of
from resolvers.context import Info

CODE = re.compile(r"[A-Z][A-Z_]{1,59}")
CHAPTER = re.compile(r"[0-9]{2}")
PORT = re.compile(r"[0-9]{4}")


async def discipline(
    info: Info,
    code: Annotated[str, strawberry.argument(description="Code, for example `IMPORT_SPECIALIST`.")],
    moment: MomentArgument = None,
) -> records.Entity | None:
    """A discipline of CBP."""
    form = "Give capitals and underscores, such as IMPORT_SPECIALIST."
    return await _thing(info, "Discipline", CODE, code, form, await moment_of(info, moment))


async def disciplines(info: Info, moment: MomentArgument = None) -> list[records.Discipline]:
    """The disciplines of CBP that interact with accounts, by name."""
    at = await moment_of(info, moment)
    return await staff.disciplines(info.context.graph, info.context.known, at)


async def hts_chapter(
    info: Info,
    code: Annotated[str, strawberry.argument(description="Two digits, `01` to `99`.")],
    moment: MomentArgument = None,
) -> records.Entity | None:
    """A chapter of the tariff."""
    form = "Give two digits, such as 07."
    return await _thing(info, "HtsChapter", CHAPTER, code, form, await moment_of(info, moment))


async def port(
    info: Info,
    code: Annotated[str, strawberry.argument(description="Schedule D port code, four digits.")],
    moment: MomentArgument = None,
) -> records.Entity | None:
    """A CBP port."""
    form = "Give four digits, such as 2704."
    return await _thing(info, "Port", PORT, code, form, await moment_of(info, moment))


async def vocabulary(
    info: Info,
    name: Annotated[VocabularyName, strawberry.argument(description="Which vocabulary.")],
    on: Annotated[
        date | None,
        strawberry.argument(description="Terms in force on this day; today if not given."),
    ] = None,
) -> list[records.Term]:
    """The terms of an open vocabulary, by code."""
    return await staff.vocabulary(
        info.context.graph, info.context.known, name, on or info.context.now.as_of
    )


async def _thing(
    info: Info, kind: str, pattern: re.Pattern[str], code: str, form: str, at: Moment
) -> records.Entity | None:
    """The thing with this code, or None. Raises BadInput for what is no code."""
    wanted = code.strip().upper()
    if not pattern.fullmatch(wanted):
        raise BadInput(f"Argument 'code' does not have its form. {form}")
    return await info.context.public.load((f"{kind}:{wanted}", at))
