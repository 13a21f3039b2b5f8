"""Account managers: registered, changed, of another Center, out of service."""

from random import Random

from tests.model.accounts import CENTERS, centered
from tests.model.choosing import day, some
from tests.model.state import Claim, Draft, Given, State, claim, stored


def staffing(random: Random, state: State) -> Given:
    given: Given = {"on": day(random)}
    if random.random() < 0.85:
        given["id"] = some(random, state, "AccountManager")
    if "id" not in given or random.random() < 0.3:
        given["name"] = random.choice(["V. Elm", "W. Fir", ""])
    if random.random() < 0.5:
        given["active"] = random.random() < 0.6
    if random.random() < 0.5:
        given["center"] = random.choice([*CENTERS, "CEE099", None])
    return given


def save_account_manager(draft: Draft, given: Given) -> None:
    person = draft.thing(given.get("id"), ("AccountManager",), "id")
    draft.past(given["on"], "on")
    if given.get("name") == "":
        draft.refuse("REQUIRED", "name")
    center = centered(draft, given.get("center"), "center")
    stands = person is None or bool(draft.get(person, "active"))
    key = person or "AccountManager:NEW"
    links = draft.state.links("MEMBER_OF", person) if person else []
    _joins(draft, key, given, center, links)
    belongs = bool(given.get("center"))
    if "center" not in given and person:
        belongs = any(c.holds(draft.today) for c in links)
    if given.get("active", stands) and not belongs:
        draft.refuse("MANAGER_NEEDS_CENTER", "center")
    draft.check()
    draft.things[key] = {n: v for n, v in given.items() if n in ("name", "active")}
    if person is None:
        draft.things[key] |= {"kind": "AccountManager", "active": given.get("active", True)}
        draft.named = lambda payload: {key: stored(payload["staff"]["key"])}
    elif given.get("active") is False and _needed(draft, person):
        draft.judged()
        draft.refuse("ISA_NEEDS_MANAGER", "active")


def _joins(draft: Draft, key: str, given: Given, center: str | None, links: list[Claim]) -> None:
    """They leave a Center, and join another."""
    if "center" not in given or (center is None and given["center"] is not None):
        return
    if any(c.end == center and c.last is None for c in links):
        return
    on = given["on"] or draft.today
    made = claim("MEMBER_OF", key, center, on) if center else None
    draft.end(links, on, "center", new=made)
    if made:
        draft.put(made, "center")


def _needed(draft: Draft, person: str) -> bool:
    """Whether they oversee an active participation."""
    active = [p for p in draft.state.of("IsaParticipation") if draft.get(p, "status") == "ACTIVE"]
    accounts = [draft.state.links("PARTICIPATES_IN", end=part)[0].start for part in active]
    return any(draft.state.manager(each, draft.today) == person for each in accounts)
