"""Parts of the graph as files: what a caller sees around some things, at one moment (ADR 47).

`order` is what was asked for, `middle` and `walking` find the things, `reading` reads them batch by
batch, `writing` has them written in one of the formats. The job is `graph.jobs.exporting`.
"""
