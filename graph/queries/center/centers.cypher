// Which Centers of Excellence and Expertise are there, by code?
MATCH (center:Center)
RETURN collect(center {.*, recordedAt: null, labels: labels(center)}) AS centers
ORDER BY size(centers)
