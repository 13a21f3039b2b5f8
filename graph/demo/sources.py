"""Who says so: the invented records that the world's claims rest on."""

from datetime import UTC, date, datetime, time

from graph.load.rows import Source

ASSIGNMENTS = Source("Account assignment list", "Demo AAL")
STAFFING = Source("Staffing list", "Demo STF")
CENTERS = Source("Center assignment notice", "Demo CAN")
FORM = Source("CBP Form 5106", "Demo 5106")
POWERS = Source("Broker's power of attorney file", "Demo POA")
PROGRAM = Source("ISA program file", "Demo ISA")
CASES = Source("Account case file", "Demo ACF")
ENTRIES = Source("Entry summaries, rolled up by month", "Demo ESR")
REGISTER = "Company register"
REPORT = "Annual report"
ACCOUNTS = "Consolidated accounts"


def told(name: str, number: int, day: date | None = None) -> Source:
    """A named source with its own reference, looked up on a day."""
    at = datetime.combine(day, time(12), UTC) if day else None
    return Source(name, f"Demo {number:05d}", f"https://records.example/{number:05d}", at)
