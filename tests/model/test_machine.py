"""Random sequences of mutations: the graph comes to say what a model in plain Python says.

Each step's refusals are compared, code and path, and everything that the API shows after each few.
A test run makes two sequences; `make night` makes longer ones. The seed is printed.
"""

import asyncio
import os
import sys
from collections import Counter
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.load.write import write
from graph.migrate import migrate
from graph.paging import Seal
from graph.session import PATIENT, Graph, connect
from tests import days, worlds
from tests.commands.conftest import INPUTS
from tests.conftest import EMPTY
from tests.model.beginning import rows, state
from tests.model.commands import COMMANDS
from tests.model.comparing import compare
from tests.model.state import Claim, Draft, Given, Refused, State, gid, iso
from tests.resolvers.conftest import asking

STEPS = int(os.environ.get("MODEL_STEPS", "40"))
RUNS = int(os.environ.get("MODEL_RUNS", "2"))
SEED = int(os.environ.get("MODEL_SEED", "0")) or SystemRandom().randrange(1, 1_000_000)
EVERY = 10  # steps
NAMES = [name for name, command in COMMANDS.items() for _ in range(command.often)]
LATER = 999  # a version that nothing has
MOST = 1_000_000  # bytes of a file


class Twin:
    """The graph and its model, which are given the same commands."""

    def __init__(self, graph: Graph, key: IdentifierKey, seal: Seal, folder: Path) -> None:
        self.graph = graph
        self.key = key
        self.ask = asking(graph, seal, key, Jobs(graph, key, folder, MOST))
        self.model = State()
        self.count = 0
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.compared = 0
        self.last: tuple[str, Given, Any] | None = None

    async def begin(self) -> None:
        """Both anew."""
        days.begin(days.LEAST * max(1, STEPS / 40))
        await self.graph.schema(EMPTY)
        given = rows(self.key)
        outcome = await write(self.graph, given, at=worlds.RECORDED)
        assert outcome.refused == []
        self.model, self.last = state(given), None

    async def step(self, roll: int) -> None:
        """One command, and the comparison that is due."""
        self.count += 1
        random = Random(roll)
        if self.last and random.random() < 0.04:
            await self._again(*self.last)
            return
        name = random.choice(NAMES)
        command = COMMANDS[name]
        given = command.give(random, self.model)
        draft = Draft(self.model)
        wrong = random.random() < 0.03 and self._versioned(command.held, given)
        if wrong:
            draft.refuse("VERSION_CONFLICT", "expectedVersion")
        after = _expected(draft, name, given)
        told = f"Step {self.count}"
        sent = {**_sent(given), "idempotencyKey": f"key-{self.count}", "reason": told}
        payload = await self._give(name, sent | ({"expectedVersion": LATER} if wrong else {}))

        said = {(error["code"], ".".join(error["path"])) for error in payload["userErrors"]}
        assert said == set(draft.errors), (name, given, payload["userErrors"], draft.errors)
        self.outcomes[name, "refused" if said else "written"] += 1
        assert {change["reason"] for change in payload["changes"]} <= {told}, (name, given)
        if not said:
            assert {name: payload[name] for name in draft.answered} == draft.answered, (name, given)
            self.model_written(draft, after, payload)
            self.last = (name, sent, payload)

    def model_written(self, draft: Draft, after: dict[Any, Claim], payload: Any) -> None:
        """The model follows."""
        draft.commit(after, payload)

    async def _again(self, name: str, sent: Given, before: Any) -> None:
        """The last command again: answered as then, and nothing is written."""
        payload = await self._give(name, sent)
        assert payload == {**before, "replayed": True}
        other = await self._give(name, {**sent, "reason": "Another"})
        assert [(e["code"], e["path"]) for e in other["userErrors"]] == [
            ("IDEMPOTENCY_KEY_REUSED", ["input", "idempotencyKey"])
        ]
        self.outcomes[name, "replayed"] += 1

    def _versioned(self, held: tuple[str, str] | tuple[()] | None, given: Given) -> bool:
        """Whether the command looks at the version of anything there is."""
        if held is None:
            return True
        if not held:
            return False
        name, kind = held
        keys = _listed(given[name])
        return any(key in self.model.things and key.startswith(f"{kind}:") for key in keys)

    async def _give(self, name: str, sent: Given) -> Any:
        kind = f"{INPUTS[name]}Input!"
        document = f"""mutation ($input: {kind}) {{ {name}(input: $input) {{
          replayed {COMMANDS[name].shows} changes {{ reason }} userErrors {{ code path }} }} }}"""
        return (await self.ask(document, input=sent))[name]

    async def compare(self) -> None:
        """All of both."""
        self.compared += await compare(self.ask, self.model)


def _expected(draft: Draft, name: str, given: Given) -> dict[Any, Claim]:
    """What the model says: errors in the draft, or the claims as they will stand."""
    try:
        COMMANDS[name].expect(draft, given)
        after = draft.judged()
        draft.check()
    except Refused:
        return {}
    return after


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _sent(value: Any) -> Any:
    """An input as it is sent: global ids for keys, text for days."""
    if isinstance(value, dict):
        return {name: _sent(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_sent(each) for each in value]
    if isinstance(value, str):
        return gid(value)
    return iso(value) if hasattr(value, "isoformat") else value


def machine(twin: Twin, runner: asyncio.Runner) -> type[RuleBasedStateMachine]:
    """Steps for hypothesis, which finds the shorter sequence if asked to (MODEL_SHRINK=1)."""

    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.begun = False
            self.since = 0

        @rule(roll=st.integers(0, 2**32 - 1))
        def step(self, roll: int) -> None:
            if not roll:  # the simplest sequence of all
                return
            if not self.begun:
                runner.run(twin.begin())
                self.begun = True
            runner.run(twin.step(roll))
            self.since += 1
            if self.since % EVERY == 0:
                runner.run(twin.compare())

        def teardown(self) -> None:
            if self.begun and sys.exc_info()[0] is None:
                runner.run(twin.compare())

    return Machine


def test_the_graph_says_what_the_model_says(
    address: Address, key: IdentifierKey, seal: Seal, tmp_path: Path
) -> None:
    sys.stdout.write(f"\nMODEL_SEED={SEED} MODEL_STEPS={STEPS} MODEL_RUNS={RUNS}\n")
    phases = [Phase.generate, *([Phase.shrink] if os.environ.get("MODEL_SHRINK") else [])]
    given = settings(
        max_examples=RUNS + 1, stateful_step_count=STEPS, deadline=None, database=None,
        phases=phases, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    with asyncio.Runner() as runner:
        connection = connect(address, PATIENT)
        graph = runner.run(connection.__aenter__())
        try:
            runner.run(migrate(graph))
            twin = Twin(graph, key, seal, tmp_path)
            run_state_machine_as_test(seed(SEED)(machine(twin, runner)), settings=given)
        finally:
            runner.run(connection.__aexit__(None, None, None))
    for (name, came), times in sorted(twin.outcomes.items()):
        sys.stdout.write(f"{times:5} {name} {came}\n")
    sys.stdout.write(f"{twin.count} steps, {twin.compared} things and claims compared\n")
    assert twin.count >= STEPS * (RUNS - 1)
    assert twin.compared
