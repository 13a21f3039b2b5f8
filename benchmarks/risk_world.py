"""An invented, heavy-tailed network for the measurements of risk: the same for the same size."""

from typing import Any

import numpy as np

from graph.algorithms.attenuations import Rule
from graph.algorithms.claims import BILLION, Floats, Ints
from graph.algorithms.network import KINDS, TYPES, UNDISCLOSED, Network

RULES = (
    Rule("OWNS", "OUT", 0.8, scaled_by_share=True),
    Rule("OWNS", "IN", 0.5, scaled_by_share=True),
    Rule("GRANTED_POA", "OUT", 0.2, hub_degree=10),
    Rule("GRANTED_POA", "IN", 0.2),
    Rule("SHARES", "OUT", 0.5),
    Rule("SHARES", "IN", 0.5, hub_degree=10),
    Rule("CONTROLS", "OUT", 0.8),
    Rule("CONTROLS", "IN", 0.5),
    Rule("SUCCESSOR_OF", "OUT", 0.3),
    Rule("SUCCESSOR_OF", "IN", 0.9),
    Rule("NOMINEE_FOR", "OUT", 0.7),
    Rule("NOMINEE_FOR", "IN", 0.8),
)
"""The default policy, as far as the network has its relationships."""
PER_ACCOUNT = {
    "OWNS": 1.2,
    "GRANTED_POA": 0.8,
    "SHARES": 1.3,
    "CONTROLS": 0.2,
    "SUCCESSOR_OF": 0.2,
    "NOMINEE_FOR": 0.2,
}
"""Claims of each type by account: 3.9 in all."""
K, FLOOR = 3, 0.01
RISKY = 0.02  # of the accounts have own risk


def network(accounts: int, seed: int = 7) -> Network:
    """Accounts, of which one in 200 is a broker, and shared attributes, three for ten accounts."""
    rng = np.random.default_rng(seed)
    attributes = accounts * 3 // 10
    brokers = max(1, accounts // 200)
    text = np.char.mod(b"Account:%08d", np.arange(accounts))
    keys = np.concatenate([text, np.char.mod(b"Attribute:%08d", np.arange(attributes))])
    kinds = np.full(len(keys), KINDS.index("Importer"), np.uint8)
    kinds[:brokers] = KINDS.index("Broker")
    kinds[accounts:] = KINDS.index("SharedAttribute")
    types, starts, ends = [], [], []
    for type_, per_account in PER_ACCOUNT.items():
        number = int(per_account * accounts)
        types.append(np.full(number, TYPES.index(type_), np.uint8))
        starts.append(_heavy(rng, accounts, number) if type_ == "OWNS" else
                      rng.integers(0, accounts, number))  # fmt: skip
        if type_ == "SHARES":
            ends.append(accounts + _heavy(rng, attributes, number))
        elif type_ == "GRANTED_POA":
            ends.append(_heavy(rng, brokers, number))
        else:
            ends.append(rng.integers(0, accounts, number))
    type_of, start, end = (np.concatenate(each) for each in (types, starts, ends))
    owns = type_of == TYPES.index("OWNS")
    shares = rng.integers(1, 101, len(start)) * (BILLION // 100)
    low = np.where(owns, shares, 0)
    high = np.where(owns, shares, UNDISCLOSED)
    ids = np.char.mod(b"R%09d", np.arange(len(start)))
    order = np.argsort(start, kind="stable")  # as it is read from the database: by start
    numbers = (each[order].astype(np.int32) for each in (start, end, low, high))
    columns: Any = [ids[order], type_of[order], *numbers]
    return Network(keys, kinds, *columns)


def seeds(of: Network, seed: int = 8) -> Floats:
    """Own risk: of one account in fifty, at random."""
    rng = np.random.default_rng(seed)
    found = np.zeros(of.size, np.float64)
    accounts = of.accounts
    risky = rng.choice(accounts, int(RISKY * len(accounts)), replace=False)
    found[risky] = rng.integers(1, 20, len(risky)) / 20
    return found


def _heavy(rng: np.random.Generator, size: int, number: int) -> Ints:
    """Places drawn with a heavy tail: a few are drawn thousands of times."""
    drawn = rng.pareto(1.1, number)
    places: Ints = (drawn * size / 40).astype(np.int64)
    spread = rng.permutation(size)
    inside = places < size
    places[~inside] = rng.integers(0, size, int((~inside).sum()))
    return spread[places]
