// The jobs that wait are found by their state: servers look for them every few seconds.
CREATE INDEX job_state IF NOT EXISTS
  FOR (job:Job) ON (job.state);
CREATE INDEX job_folder IF NOT EXISTS
  FOR (job:Job) ON (job.folder, job.state);
CALL db.awaitIndexes(300);
