export const STEPS_46_46: readonly string[] = [
  `
  -- Whose words are to be erased until a moment, from meetings that began by another, with later groups of assemblies
  -- that began by then. Of somebody's own wish both are one.
  CREATE TABLE erasures_by_begin (
    room TEXT NOT NULL,
    who TEXT NOT NULL,
    begun INTEGER NOT NULL,
    at INTEGER NOT NULL,
    done_at INTEGER,
    tells INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (room, who, begun)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO erasures_by_begin (room, who, begun, at, done_at, tells)
    SELECT room, who, at, at, done_at, tells FROM erasures;
  DROP TABLE erasures;
  ALTER TABLE erasures_by_begin RENAME TO erasures;
  `,
];
