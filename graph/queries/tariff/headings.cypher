// Which headings has each of these chapters?
UNWIND $codes AS code
MATCH (heading:HtsHeading {chapter: code})
WITH code, heading.code AS heading
ORDER BY code, heading
RETURN code, collect(heading) AS headings
ORDER BY code
