"""The demo world: an invented program of about 400 accounts, the same every time."""

from graph.demo.book import Batch as Batch
from graph.demo.build import build as build
from graph.demo.days import WORLD_DAY as WORLD_DAY
from graph.demo.story import batches as batches
