"""A good split of an account, and what makes a split a bad one."""

from tests.commands.cases import Case
from tests.commands.conftest import gid
from tests.days import LATER

A1, B1 = gid("Account:A-1"), gid("Account:B-1")
N1, N2, N3 = (gid(f"ImporterNumber:N-{number}") for number in (1, 2, 3))
ABC, XYZ = gid("FilerCode:ABC"), gid("FilerCode:XYZ")
GOOD = {"accountId": A1, "name": "Harbor Footwear", "importerNumberIds": [N2], "on": "2026-04-01"}
SPLITS: list[Case] = [
    ({"accountId": "nonsense"}, [("INVALID_FORMAT", "accountId")]),
    ({"accountId": N1}, [("WRONG_KIND", "accountId")]),
    ({"accountId": gid("Account:A-0")}, [("NOT_FOUND", "accountId")]),
    (
        {"accountId": gid("Account:A-9")},
        [("INVALID_STATE", "accountId"), ("INVALID_STATE", "importerNumberIds.0")],
    ),
    ({"name": " "}, [("REQUIRED", "name")]),
    ({"name": "x" * 201}, [("OUT_OF_RANGE", "name")]),
    ({"name": "For 219-09-9999"}, [("INVALID_FORMAT", "name")]),
    ({"importerNumberIds": []}, [("REQUIRED", "importerNumberIds")]),
    ({"importerNumberIds": [A1]}, [("WRONG_KIND", "importerNumberIds.0")]),
    ({"importerNumberIds": [N2, N2]}, [("ALREADY_EXISTS", "importerNumberIds.1")]),
    ({"importerNumberIds": [gid("ImporterNumber:N-0")]}, [("NOT_FOUND", "importerNumberIds.0")]),
    ({"importerNumberIds": [N2, N3]}, [("INVALID_STATE", "importerNumberIds.1")]),
    ({"importerNumberIds": [N1, N2]}, [("ACCOUNT_NEEDS_IDENTIFIER", "importerNumberIds")]),
    (
        {"accountId": B1, "importerNumberIds": [N3]},
        [("ACCOUNT_NEEDS_IDENTIFIER", "filerCodeIds")],
    ),
    (
        {"accountId": B1, "importerNumberIds": [], "filerCodeIds": [ABC, XYZ]},
        [("ACCOUNT_NEEDS_IDENTIFIER", "filerCodeIds")],
    ),
    ({"on": LATER}, [("OUT_OF_RANGE", "on")]),
    ({"on": "2020-01-01"}, [("INTERVAL_CONFLICT", "on")]),
    ({"expectedVersion": 7}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"reason": "x" * 501}, [("OUT_OF_RANGE", "reason")]),
    (
        {"name": "", "importerNumberIds": [N3], "on": LATER},
        [
            ("REQUIRED", "name"),
            ("INVALID_STATE", "importerNumberIds.0"),
            ("OUT_OF_RANGE", "on"),
        ],
    ),
]
