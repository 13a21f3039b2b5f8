// Which services, keys, revocations and owners are there?
CALL () {
  MATCH (thing:Service) RETURN thing
  UNION ALL
  MATCH (thing:ServiceKey) RETURN thing
  UNION ALL
  MATCH (thing:Revocation) RETURN thing
  UNION ALL
  MATCH (thing:OwnerRegistration) RETURN thing
}
WITH thing
ORDER BY thing.at, thing.id
LIMIT $most
RETURN labels(thing)[0] AS kind, thing.id AS id, thing.name AS name, thing.service AS service,
  thing.rights AS rights, thing.centers AS centers, thing.sha256 AS sha256, thing.at AS at, thing.expires AS expires,
  thing.revoked AS revoked, thing.accounts AS accounts
ORDER BY at, id
