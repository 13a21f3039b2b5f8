// Which organizations are registered under these LEIs and DUNS numbers?
UNWIND $leis AS lei
MATCH (party:Party {lei: lei})
RETURN 'Party?lei:' + lei AS wish, party.key AS key
ORDER BY wish, key
UNION ALL
UNWIND $duns AS duns
MATCH (party:Party {duns: duns})
RETURN 'Party?duns:' + duns AS wish, party.key AS key
ORDER BY wish, key
