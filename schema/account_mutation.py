"""What a client may write of accounts and their identifiers."""

import strawberry

from graph.terms import Permission
from resolvers.writes import accounts, parties, regrouping
from schema.fields import resolved_by
from schema.payload import AccountPayload, IdentifierPayload


@strawberry.type(description="What of accounts may be written.")
class AccountMutation:
    open_account: AccountPayload | None = resolved_by(
        accounts.open_,
        (
            "Open an importer account (one or more importer numbers) or a broker account (one or"
            " more filer codes)."
        ),
        needs=Permission.WRITE_ACCOUNTS,
    )
    update_account: AccountPayload | None = resolved_by(
        accounts.update,
        "Change an account's name, status or national standing.",
        needs=Permission.WRITE_ACCOUNTS,
    )
    close_account: AccountPayload | None = resolved_by(
        accounts.close,
        (
            "Close an account; its assignments and identifiers end on the same day. Refused while"
            " it has an ACTIVE ISA participation."
        ),
        needs=Permission.WRITE_ACCOUNTS,
    )
    attach_identifiers: AccountPayload | None = resolved_by(
        accounts.attach,
        (
            "Add importer numbers or filer codes to an account's group. A number or code identifies"
            " at most one account at a time."
        ),
        needs=Permission.WRITE_ACCOUNTS,
    )
    detach_identifiers: AccountPayload | None = resolved_by(
        accounts.detach,
        (
            "Take importer numbers or filer codes out of an account's group. An active account"
            " keeps at least one."
        ),
        needs=Permission.WRITE_ACCOUNTS,
    )
    split_account: AccountPayload | None = resolved_by(
        regrouping.split,
        ("Move some identifiers of an account to a new account; history stays where it happened."),
        needs=Permission.WRITE_ACCOUNTS,
    )
    merge_accounts: AccountPayload | None = resolved_by(
        regrouping.merge,
        (
            "Move all identifiers of other accounts into one and close the others; history stays"
            " where it happened."
        ),
        needs=Permission.WRITE_ACCOUNTS,
    )
    save_importer_number: IdentifierPayload | None = resolved_by(
        parties.save_number,
        "Register an importer number, or change its status, bond or holder.",
        needs=Permission.WRITE_ACCOUNTS,
    )
    save_filer_code: IdentifierPayload | None = resolved_by(
        parties.save_code,
        "Register a filer code, or change its holder.",
        needs=Permission.WRITE_ACCOUNTS,
    )
