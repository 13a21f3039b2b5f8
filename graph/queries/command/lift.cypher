// Accept the tokens of this subject again.
MATCH (revocation:Revocation {id: $id})
WITH revocation, revocation.id AS id
DELETE revocation
RETURN id
