"""Managers and specialists: registered, changed, of another Center, out of service."""

from random import Random

from tests.model.accounts import CENTERS, centered
from tests.model.choosing import day, some
from tests.model.state import Claim, Draft, Given, State, claim, stored
from tests.model.strategies import DISCIPLINES

TYPES = {"center": "MEMBER_OF", "discipline": "PRACTISES"}


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


def _joins(
    draft: Draft,
    key: str,
    given: Given,
    end: str | None,
    links: list[Claim],
    name: str = "center",
) -> None:
    """They leave a Center or a discipline, and join another."""
    if name not in given or (end is None and given[name] is not None):
        return
    if any(c.end == end and c.last is None for c in links):
        return
    on = given.get("on") or draft.today
    made = claim(TYPES[name], key, end, on) if end else None
    draft.end(links, on, name, new=made)
    if made:
        draft.put(made, name)


def specialising(random: Random, state: State) -> Given:
    given: Given = {}
    if random.random() < 0.6:
        given["id"] = some(random, state, "Specialist")
    if "id" not in given or random.random() < 0.3:
        given["name"] = random.choice(["X. Gale", "Y. Heath", ""])
    if ("id" not in given and random.random() < 0.9) or random.random() < 0.3:
        given["discipline"] = random.choice([*DISCIPLINES, *DISCIPLINES, "nothing", None])
    if random.random() < 0.5:
        given["center"] = random.choice([*CENTERS, "CEE099", None])
    if random.random() < 0.4:
        given["active"] = random.choice([True, True, False, None])
    if random.random() < 0.2:
        given["email"] = random.choice(["x.gale@example.gov", "nowhere", None])
    return given


def save_specialist(draft: Draft, given: Given) -> None:
    new = "id" not in given
    person = draft.thing(given.get("id"), ("Specialist",), "id")
    if given.get("name", "stays") == "":
        draft.refuse("REQUIRED", "name")
    if given.get("email") == "nowhere":
        draft.refuse("INVALID_FORMAT", "email")
    if given.get("active", True) is None:
        draft.refuse("REQUIRED", "active")
    center = centered(draft, given.get("center"), "center")
    discipline = given.get("discipline", None if new else "stays")
    if discipline is None:
        draft.refuse("REQUIRED", "discipline")
    elif discipline == "nothing":
        draft.refuse("NOT_FOUND", "discipline")
    draft.check()
    key = person or "Specialist:NEW"
    links = {type_: draft.state.links(type_, person) if person else [] for type_ in TYPES.values()}
    _joins(draft, key, given, center, links["MEMBER_OF"])
    _joins(draft, key, given, f"Discipline:{discipline}", links["PRACTISES"], "discipline")
    draft.check()
    draft.things[key] = {n: v for n, v in given.items() if n in ("name", "active", "email")}
    if new:
        usual = {"kind": "Specialist", "active": True, "email": None}
        draft.things[key] = {**usual, **draft.things[key]}
        draft.named = lambda payload: {key: stored(payload["staff"]["key"])}


def _needed(draft: Draft, person: str) -> bool:
    """Whether they oversee an active participation."""
    active = [p for p in draft.state.of("IsaParticipation") if draft.get(p, "status") == "ACTIVE"]
    accounts = [draft.state.links("PARTICIPATES_IN", end=part)[0].start for part in active]
    return any(draft.state.manager(each, draft.today) == person for each in accounts)
