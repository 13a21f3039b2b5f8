// Which parties have this LEI or DUNS number?
MATCH (party:Party {lei: $lei})
RETURN party.key AS key, 'lei' AS name
ORDER BY key
UNION
MATCH (party:Party {duns: $duns})
RETURN party.key AS key, 'duns' AS name
ORDER BY key
