"""The results of `make bench-writes` as Markdown."""

import os
from dataclasses import dataclass, field

from benchmarks.writes_streams import Latency


@dataclass(frozen=True, slots=True)
class Written:
    """Writes a second of so many writers, and the bare driver's transactions beside them."""

    writers: int
    rate: float
    bare: float  # of those that write the same rows
    statements: float  # of one write
    many: float  # transactions of as many statements
    cpu: float  # milliseconds of the server for one write
    load: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """Rows a second: parties, relationships, the bare driver's, and the same again."""

    relationships: int
    parties: float
    rate: float
    bare: float
    again: float
    load: float


@dataclass(slots=True)
class Results:
    """All of a run."""

    seconds: float
    written: list[Written] = field(default_factory=list)
    loaded: list[Loaded] = field(default_factory=list)
    latencies: list[Latency] = field(default_factory=list)
    sockets: list[Latency] = field(default_factory=list)  # bare ones, of as many subscribers


HEAD = """# Writes

`make bench-writes`: each number of writers for {seconds:g} s, on {cores} cores that server,
database and clients share. What the machine did meanwhile: load at the end {one:.1f}, {five:.1f},
{fifteen:.1f} (1, 5 and 15 minutes), and beside each figure that of its minute. More than the run's
own processes keep busy (about 3) means that others disturbed it.
"""
WRITES = """
A write is updateAccount or assignManager by turns, over HTTP, with an idempotency key: it locks,
checks every rule, keeps what was, and logs what changed. Beside it the bare driver writes the same
rows in one transaction, without any of this (*rows*); and runs one transaction of as many
statements as ours, each of which locks and reads two things (*statements*). Both in units a second;
a ratio is ours over theirs.

| writers | writes/s | rows | ratio | statements each | statements | ratio | CPU ms | load |
|---|---|---|---|---|---|---|---|---|
"""
LOADS = """
The bare driver creates the same relationships from the same file in batches of as many rows: no
history, no log, nothing judged, nothing that could be loaded again. All in rows a second.

| relationships loaded | ours | bare driver | ratio | the same again | parties before | load |
|---|---|---|---|---|---|---|
"""
STREAMS = """
Latency is from the acknowledgement of a write, which follows its commit, until a subscriber has the
event; one client process reads all sockets, and its own work is in it. An event that came before
the acknowledgement counts as 0. *Bare* is a server that passes a text of the same size on to as
many sockets and does nothing else, from when it is sent the text. Milliseconds, KiB of the server
for each subscriber, and ours over theirs.

| streams | p50 | p99 | max | bare p50 | p99 | ratio p50 | p99 | KiB | bare | ratio | lost | load |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
"""


def table(found: Results) -> str:
    """The results as Markdown."""
    one, five, fifteen = os.getloadavg()
    head = HEAD.format(
        seconds=found.seconds, cores=os.cpu_count(), one=one, five=five, fifteen=fifteen
    )
    writes = [
        f"| {each.writers} | {each.rate:.1f} | {each.bare:.1f} | {each.rate / each.bare:.2f} |"
        f" {each.statements:.1f} | {each.many:.1f} | {each.rate / each.many:.2f} |"
        f" {each.cpu:.1f} | {each.load:.1f} |\n"
        for each in found.written
    ]
    loads = [
        f"| {each.relationships:,} | {each.rate:,.0f} | {each.bare:,.0f} |"
        f" {each.rate / each.bare:.2f} | {each.again:,.0f} | {each.parties:,.0f} |"
        f" {each.load:.1f} |\n"
        for each in found.loaded
    ]
    streams = list(map(_stream, found.latencies, found.sockets))
    return "".join([head, WRITES, *writes, LOADS, *loads, STREAMS, *streams])


def _stream(our: Latency, bare: Latency) -> str:
    return (
        f"| {our.subscribers:,} | {our.p50:.1f} | {our.p99:.1f} | {our.worst:.1f} |"
        f" {bare.p50:.1f} | {bare.p99:.1f} | {our.p50 / bare.p50:.1f} | {our.p99 / bare.p99:.1f} |"
        f" {our.memory:.0f} | {bare.memory:.0f} | {_ratio(our.memory, bare.memory)} |"
        f" {our.lost} | {our.load:.1f} |\n"
    )


def _ratio(our: float, bare: float) -> str:
    """How many times as much; of memory that did not grow there is none."""
    return f"{our / bare:.1f}" if bare > 0 else "-"
