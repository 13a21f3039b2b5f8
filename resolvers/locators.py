"""How accounts and parties are known: inputs of which exactly one field is given."""

import strawberry


@strawberry.input(description="How an account is known.", one_of=True)
class AccountLocator:
    """An account's id, number or code."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Global id.")
    importer_number: str | None = strawberry.field(
        default=strawberry.UNSET, description="An importer number that identifies it, whole."
    )
    filer_code: str | None = strawberry.field(
        default=strawberry.UNSET, description="A filer code that identifies it."
    )


@strawberry.input(description="How a party is known.", one_of=True)
class PartyLocator:
    """A party's id, LEI, D-U-N-S number or importer number."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Global id.")
    lei: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Legal Entity Identifier, ISO 17442, 20 characters.",
    )
    duns: str | None = strawberry.field(
        default=strawberry.UNSET, description="D-U-N-S number, 9 digits."
    )
    importer_number: str | None = strawberry.field(
        default=strawberry.UNSET, description="An importer number it holds, whole."
    )
