// What do these jobs say now?
UNWIND $keys AS key
MATCH (job:Job {key: key})
RETURN job {.*, createdAt: toString(job.createdAt), startedAt: toString(job.startedAt),
  finishedAt: toString(job.finishedAt), expiresAt: toString(job.expiresAt),
  uploadUntil: toString(job.uploadUntil)} AS job
ORDER BY key
