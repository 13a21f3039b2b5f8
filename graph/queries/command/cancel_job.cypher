// Stop this job: whoever runs it finds that it may write no more.
MATCH (job:Job {key: $key})
SET job.state = 'CANCELLED', job.finishedAt = $at, job.run = null
