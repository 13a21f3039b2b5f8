"""Names for scalars that inputs and records share; the schema says how each looks to a client."""

import decimal
from typing import NewType

Percent = NewType("Percent", int)
Score = NewType("Score", float)
Url = NewType("Url", str)
Json = NewType("Json", object)
Decimal = decimal.Decimal
