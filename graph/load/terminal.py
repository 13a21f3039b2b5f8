"""A load as a person sees it: a bar while it runs, a summary at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from graph.load import loading
from graph.load.report import Report

SHOWN = 20  # refused rows


@contextmanager
def bar(console: Console) -> Iterator[loading.Progress]:
    """A progress bar on a terminal; nothing where output goes to a file."""
    columns = (TextColumn("Loading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        task = shown.add_task("load", total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def show(report: Report, console: Console) -> None:
    """What was written, and what was refused and why."""
    done = "checked, nothing written" if report.dry_run else "read"
    console.print(f"{report.rows:,} rows {done} in {report.seconds:.1f} s.")
    table = Table(box=None, pad_edge=False)
    for column in ("", "created", "changed", "unchanged"):
        table.add_column(column, justify="right" if column else "left")
    for kind in sorted({kind for kind, _ in report.counts}):
        counts = (report.counts[kind, verdict] for verdict in ("created", "changed", "unchanged"))
        table.add_row(kind, *(f"{count:,}" for count in counts))
    if report.counts:
        console.print(table)
    if report.reasons:
        _refused(report, console)


def _refused(report: Report, console: Console) -> None:
    console.print(f"{report.refused_rows:,} rows refused:")
    for (code, reason), count in report.reasons.most_common():
        console.print(f"  {count:,}  {code}  {escape(reason)}")
    for one in report.refused[:SHOWN]:
        refusal = one.refusal
        place = f"{one.file}:{refusal.line}" if one.file else f"line {refusal.line}"
        value = f"{refusal.column} {refusal.value!r}" if refusal.value else refusal.column
        console.print(f"{escape(place)}  {escape(value)}  {escape(refusal.remedy)}", soft_wrap=True)
    if report.refused_rows > SHOWN:
        console.print(f"... and {report.refused_rows - SHOWN:,} more; --json lists them all.")
