export const STEPS_44_44: readonly string[] = [
  `
  -- Recordings by their files, known before Egress has given them an id; target: the set beside which they lie,
  -- null for those from before until the service that recorded them has begun.
  CREATE TABLE recordings_by_file (
    file TEXT PRIMARY KEY,
    target TEXT,
    room TEXT NOT NULL,
    meeting TEXT NOT NULL,
    people TEXT NOT NULL,
    at INTEGER NOT NULL,
    goes INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO recordings_by_file (file, room, meeting, people, at, goes)
    SELECT file, room, meeting, people, at, goes FROM recordings ORDER BY goes DESC;
  DROP TABLE recordings;
  ALTER TABLE recordings_by_file RENAME TO recordings;

  -- Rooms that were told that their call is recorded, and not yet that it is not any more.
  CREATE TABLE recordings_told (
    room TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;
  `,
];
