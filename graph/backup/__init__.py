"""A backup of the product's own database, and a graph made of one (docs/adr/0049).

A backup is one file: Neo4j's own dump, and a manifest of what is in it. It has no key, no password
and no token in it.
"""

from graph.backup.archive import verified as verified
from graph.backup.making import back_up as back_up
from graph.backup.making import target as target
from graph.backup.manifest import Manifest as Manifest
from graph.backup.restoring import Restored as Restored
from graph.backup.restoring import examined as examined
from graph.backup.restoring import restore as restore
