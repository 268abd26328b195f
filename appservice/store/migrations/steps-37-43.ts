export const STEPS_37_43: readonly string[] = [
  `
  -- Assemblies, and the journal of each: a stream beside those of its rings' meetings.
  CREATE TABLE assemblies (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    opened INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX assemblies_by_room ON assemblies (room, opened);
  CREATE TABLE assembly_events (
    assembly TEXT NOT NULL REFERENCES assemblies (id),
    seq INTEGER NOT NULL,
    v INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (assembly, seq)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Words of people in the journal's entries, each row sealed by the keys of those whose they are (the keys lie in a file of their own);
  -- an entry holds signs in their place, and in \`words\` a hash of what is sealed. source: the id under which others rest on them.
  ALTER TABLE events ADD COLUMN words TEXT;
  CREATE TABLE sealed_words (
    meeting TEXT NOT NULL,
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    source TEXT,
    keys TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (meeting, seq, n)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sealed_words_by_source ON sealed_words (meeting, source, keys) WHERE source IS NOT NULL;

  -- Meetings from before, in whose entries words stand as they were said until they are sealed; seq: the next to look at.
  CREATE TABLE unsealed (
    meeting TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO unsealed (meeting, seq) SELECT id, 0 FROM meetings;
  `,
  `
  -- Rooms that went on in another one, whose chat in Telegram their meetings still have.
  CREATE TABLE telegram_rooms_before (
    room TEXT PRIMARY KEY,
    into_room TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE telegram_outbox ADD COLUMN picture TEXT;
  `,
  `
  -- Messages that rest on somebody's words are sealed as these are: by which keys, of content and of what is under way.
  ALTER TABLE outbox ADD COLUMN sealed_by TEXT;
  ALTER TABLE outbox ADD COLUMN flight_sealed_by TEXT;
  CREATE INDEX outbox_sealed ON outbox (room, sealed_by) WHERE sealed_by IS NOT NULL;
  CREATE INDEX outbox_sealed_under_way ON outbox (room, flight_sealed_by) WHERE flight_sealed_by IS NOT NULL;

  -- Messages from before, until they are sealed.
  CREATE TABLE unsealed_messages (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (scope, key)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO unsealed_messages (scope, key) SELECT scope, key FROM outbox WHERE rests IS NOT NULL;
  `,
  `
  -- Long meetings whose entries are being gone through, since words in them were taken back.
  CREATE TABLE words_leaving (
    meeting TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;

  -- Whether the person who asked for an erasure is to be told when it is done.
  ALTER TABLE erasures ADD COLUMN tells INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- Texts that wait to be sent outside are sealed by the keys of those whose words may be in them.
  ALTER TABLE exported_tasks ADD COLUMN sealed_by TEXT;
  ALTER TABLE telegram_outbox ADD COLUMN sealed_by TEXT;
  `,
  `
  -- Files in which calls were recorded; people: ids of those who are heard in it; goes: one of them took their yes back.
  CREATE TABLE recordings (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    meeting TEXT NOT NULL,
    file TEXT NOT NULL,
    people TEXT NOT NULL,
    at INTEGER NOT NULL,
    goes INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  `,
];
