"""The results of `make bench-writes` as Markdown."""

import os
from dataclasses import dataclass, field

from benchmarks.writes_streams import Latency


@dataclass(frozen=True, slots=True)
class Written:
    """Writes a second of so many writers, and the bare driver's transactions beside them."""

    writers: int
    rate: float
    statements: float  # of one write
    bare: float
    cpu: float  # milliseconds of the server for one write
    load: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """Rows a second: parties, relationships, and the same relationships again."""

    relationships: int
    parties: float
    rate: float
    again: float
    load: float


@dataclass(slots=True)
class Results:
    """All of a run."""

    seconds: float
    written: list[Written] = field(default_factory=list)
    loaded: list[Loaded] = field(default_factory=list)
    latencies: list[Latency] = field(default_factory=list)


HEAD = """# Writes

`make bench-writes`: each number of writers for {seconds:g} s, on {cores} cores that server,
database and clients share. What the machine did meanwhile: load at the end {one:.1f}, {five:.1f},
{fifteen:.1f} (1, 5 and 15 minutes), and beside each figure that of its minute. More than the run's
own processes keep busy (about 3) means that others disturbed it.
"""
WRITES = """
A write is updateAccount or assignManager by turns, over HTTP, with an idempotency key. The bare
driver runs one transaction of as many statements, each of which locks and reads two things: it
checks and logs nothing.

| writers | writes/s | statements each | bare driver, units/s | ratio | server CPU ms each | load |
|---|---|---|---|---|---|---|
"""
LOADS = """
| relationships loaded | rows/s | the same again, rows/s | parties before, rows/s | load |
|---|---|---|---|---|
"""
STREAMS = """
Latency is from the acknowledgement of a write, which follows its commit, until a subscriber has the
event; one client process reads all sockets, and its own work is in it. An event that came before
the acknowledgement counts as 0.

| subscribers | p50 ms | p99 ms | worst ms | memory each, KiB | events missing | load |
|---|---|---|---|---|---|---|
"""


def table(found: Results) -> str:
    """The results as Markdown."""
    one, five, fifteen = os.getloadavg()
    head = HEAD.format(
        seconds=found.seconds, cores=os.cpu_count(), one=one, five=five, fifteen=fifteen
    )
    writes = [
        f"| {each.writers} | {each.rate:.1f} | {each.statements:.1f} | {each.bare:.1f} |"
        f" {each.rate / each.bare:.2f} | {each.cpu:.1f} | {each.load:.1f} |\n"
        for each in found.written
    ]
    loads = [
        f"| {each.relationships:,} | {each.rate:,.0f} | {each.again:,.0f} | {each.parties:,.0f} |"
        f" {each.load:.1f} |\n"
        for each in found.loaded
    ]
    streams = [
        f"| {each.subscribers:,} | {each.p50:.1f} | {each.p99:.1f} | {each.worst:.1f} |"
        f" {each.memory:.0f} | {each.lost} | {each.load:.1f} |\n"
        for each in found.latencies
    ]
    return "".join([head, WRITES, *writes, LOADS, *loads, STREAMS, *streams])
