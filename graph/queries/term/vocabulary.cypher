// Which terms has this vocabulary on a day?
MATCH (term:Term {vocabulary: $vocabulary})
WHERE coalesce(term.validFrom <= $day, true) AND coalesce($day < term.validTo, true)
WITH term ORDER BY term.code
RETURN collect(term {.*, validFrom: toString(term.validFrom), validTo: toString(term.validTo)})
  AS terms
ORDER BY size(terms)
