// Which of these terms are in force on this day?
UNWIND $keys AS key
MATCH (term:Term {key: key})
WHERE coalesce(term.validFrom <= $day, true) AND coalesce($day < term.validTo, true)
RETURN key
ORDER BY key
