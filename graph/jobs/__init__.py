"""Loads that run in the server, under a lease that one server holds (docs/adr/0021).

A job is a `(:Job)`; its file lies in the folder of the server that took it. Whoever runs a job
names itself on the node, and every batch is written only if the node still names it.
"""

from graph.jobs.jobs import Jobs as Jobs
from graph.jobs.uploads import NotTaken as NotTaken
