// Which jobs wait in this folder, or are overdue anywhere?
MATCH (job:Job)
WHERE job.state IN ['AWAITING_UPLOAD', 'QUEUED', 'RUNNING']
  AND (job.folder = $folder OR job.uploadUntil < $at OR job.heartbeat < $at - duration({minutes: 10}))
WITH job ORDER BY job.key LIMIT 1000
RETURN job.key AS key, job.state AS state, job.folder = $folder AS here
ORDER BY key
