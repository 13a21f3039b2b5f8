// Has anything been changed since this instant?
RETURN EXISTS {
  MATCH (former:Former) WHERE former.recordedTo > $knownAt
} AS changed
ORDER BY changed
