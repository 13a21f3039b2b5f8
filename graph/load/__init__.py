"""Files into the graph: formats read into rows, rows checked, and written in batches."""

from graph.load.contents import CONTENTS as CONTENTS
from graph.load.loading import load as load
from graph.load.report import Report as Report
