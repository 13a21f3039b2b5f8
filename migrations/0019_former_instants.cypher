// Whether anything was changed since an instant is told by the newest former version.
CREATE INDEX former_recorded_to IF NOT EXISTS
  FOR (former:Former) ON (former.recordedTo);
CALL db.awaitIndexes(300);
