// Tell how far this job has come, or how it ended, if this run still has it.
MATCH (job:Job {key: $key})
SET job._lock = true
REMOVE job._lock
WITH job WHERE job.state = 'RUNNING' AND job.run = $run
SET job += $properties
RETURN job {.*, createdAt: toString(job.createdAt), startedAt: toString(job.startedAt),
  finishedAt: toString(job.finishedAt), expiresAt: toString(job.expiresAt),
  uploadUntil: toString(job.uploadUntil)} AS job
