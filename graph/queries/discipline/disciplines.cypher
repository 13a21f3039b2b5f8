// Which disciplines of CBP interact with accounts?
MATCH (discipline:Discipline)
WITH discipline ORDER BY discipline.searchName, discipline.key
RETURN collect(discipline {.*, recordedAt: null, labels: labels(discipline)}) AS disciplines
ORDER BY size(disciplines)
