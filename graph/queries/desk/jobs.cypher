// Which jobs did this caller ask for, newest first?
MATCH (job:Job {owner: $owner})
WHERE $states IS NULL OR job.state IN $states
WITH job ORDER BY job.createdAt DESC, job.key LIMIT $limit
RETURN collect(job {.*, createdAt: toString(job.createdAt), startedAt: toString(job.startedAt),
  finishedAt: toString(job.finishedAt), expiresAt: toString(job.expiresAt),
  uploadUntil: toString(job.uploadUntil)}) AS rows
ORDER BY size(rows)
