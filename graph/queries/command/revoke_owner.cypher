// Let this owner read no longer.
MATCH (owner:OwnerRegistration {id: $id})
SET owner.revoked = coalesce(owner.revoked, $at)
RETURN owner.id AS id
