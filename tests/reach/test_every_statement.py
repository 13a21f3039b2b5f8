"""Every statement that callers ask is cut to reach, or says here why it need not be."""

import ast

from tests.graph.test_queries import NAMES, statement, trees

OURS = {  # asked by ourselves, or by commands, which have bounds
    *("backup", "command", "derived", "health", "identity", "job", "load", "migrate", "reach"),
    *("reference", "retention", "session", "snapshot", "webhook"),
}
KEYED = {  # what hangs on a thing that is asked for by its key, and is seen by who sees that
    *("account/centers", "account/filer_codes", "account/holders", "account/importer_numbers"),
    *("account/issues", "account/managers", "account/segments", "account/strategies"),
    *("account/team", "entity/entities", "entity/former", "flag/flags"),
    *("identifier/filer_codes", "identifier/holders", "number/numbers"),
    *("participation/notifications", "party/known_by", "performance/figures"),
    *("request/of_accounts", "warning/ownership"),
}
INTERNAL = {  # finds what everybody in the program may see
    *("center/centers", "center/managers", "center/specialists", "change/place"),
    "export/later",
    *("discipline/disciplines", "discipline/specialists", "organization/owners"),
    *("party/by_name", "party/by_name_backwards", "party/by_words", "party/count"),
    *("entity/changed_since", "party/as_known", "staff/as_known"),
    *("party/holdings", "performance/homes", "risk/policies", "segment/segments"),
    *("segment/versions", "specialist/disciplines", "staff/centers", "staff/count_managers"),
    *("staff/managers_by_name", "staff/managers_by_name_backwards"),
    *("tariff/headings", "tariff/scopes", "term/terms", "term/vocabulary"),
}
ONES_OWN = {  # what the product keeps for its callers
    *("desk/deliveries", "desk/due", "desk/following", "desk/jobs", "desk/own", "desk/views"),
    "desk/webhooks",
}
OF_ALL = {  # asked for who reaches all accounts only, or its answer is cut by another statement
    *("account/by_name", "account/by_name_backwards", "account/by_opened"),
    *("account/by_opened_backwards", "account/held_by", "connection/degrees"),
    *("connection/hub_degrees", "connection/hubs", "connection/part", "path/hops"),
    "flag/accounts",
    *("reassignment/members", "reassignment/now"),  # of what the given ones may be told
}


def test_every_statement_is_cut_or_says_why_not() -> None:
    asked = {name for name in NAMES if name.partition("/")[0] not in OURS}
    cut = {name for name in asked if "$reachesAll" in statement(name)}
    uncut = [KEYED, INTERNAL, ONES_OWN, OF_ALL]

    assert asked - cut == set().union(*uncut)
    assert len(asked - cut) == sum(map(len, uncut))


def test_relationships_of_any_type_are_veiled_by_right() -> None:
    veiled = {name for name in NAMES if "$veiledTypes" in statement(name)}

    assert veiled >= {
        *("relationship/relationships", "relationship/claims", "entity/degrees", "entity/links"),
        *("comparison/around", "comparison/causes", "change/changes", "change/count"),
        *("connection/ends", "connection/steps", "connection/seen_hubs", "connection/hidden"),
        *(
            "connection/seen_degrees",
            "change/following",
            "change/preceding",
            "change/of_accounts_following",
        ),
        "change/of_accounts_preceding",
    }


def test_whoever_asks_a_statement_that_is_cut_gives_what_it_is_cut_with() -> None:
    elsewhere = {"warnings.warnings"}  # hands its statements on to what gives it
    cut = {name for name in NAMES if "$reachesAll" in statement(name)}
    bare = {
        f"{file.removesuffix('.py')}.{node.name}"
        for file, tree in trees().items()
        for node in tree.body
        if isinstance(node, ast.AsyncFunctionDef)
        if cut & {str(each.value) for each in ast.walk(node) if isinstance(each, ast.Constant)}
        if "seen.parameters(" not in ast.unparse(node)
    }

    assert bare == elsewhere
