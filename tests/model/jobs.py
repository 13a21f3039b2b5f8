"""Jobs as far as commands make and stop them: nothing comes for them here, and nobody runs them."""

from random import Random

from tests.model.choosing import some
from tests.model.state import Draft, Given, State, stored

READ = {
    "PARTIES": ("CSV", "JSON_LINES", "GLEIF"), "ACCOUNTS": ("CSV", "JSON_LINES"),
    "RELATIONSHIPS": ("CSV", "JSON_LINES", "GLEIF"),
}  # fmt: skip
UNFINISHED = 20


def starting(random: Random, _state: State) -> Given:
    return {
        "content": random.choice([*READ]),
        "format": random.choice(["CSV", "CSV", "JSON_LINES", "GLEIF"]),
        "source": {"name": random.choice(["Register", "Register", ""])},
        "dryRun": random.random() < 0.5,
    }


def start_import(draft: Draft, given: Given) -> None:
    if given["format"] not in READ[given["content"]]:
        draft.refuse("INVALID_FORMAT", "format")
    if not given["source"]["name"]:
        draft.refuse("REQUIRED", "source", "name")
    waiting = [key for key in draft.state.of("Job") if draft.get(key, "state") != "CANCELLED"]
    if len(waiting) >= UNFINISHED:
        draft.refuse("INVALID_STATE")
    draft.check()
    key = "Job:NEW"
    draft.things[key] = {"kind": "Job", "state": "AWAITING_UPLOAD", "format": given["format"]}
    draft.named = lambda payload: {key: stored(payload["job"]["id"])}


def stopping(random: Random, state: State) -> Given:
    return {"id": some(random, state, "Job")}


def cancel_job(draft: Draft, given: Given) -> None:
    job = draft.thing(given["id"], ("Job",), "id")
    if job and draft.get(job, "state") == "CANCELLED":
        draft.refuse("INVALID_STATE", "id")
    draft.check()
    draft.things[str(job)] = {"state": "CANCELLED"}
