// Which filer code is each of these?
UNWIND $codes AS code
MATCH (filer:FilerCode {code: code})
WHERE filer.recordedAt <= $knownAt
RETURN code, filer {.*, recordedAt: null, labels: labels(filer)} AS filer
ORDER BY code LIMIT 100
