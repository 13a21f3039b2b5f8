// What does each of these codes of a vocabulary mean?
UNWIND $keys AS key
MATCH (term:Term {key: key})
RETURN key, term {.*, validFrom: toString(term.validFrom), validTo: toString(term.validTo)} AS term
ORDER BY key
