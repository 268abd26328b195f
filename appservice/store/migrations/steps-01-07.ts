export const STEPS_01_07: readonly string[] = [
  `
  CREATE TABLE meetings (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    started INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX meetings_by_room ON meetings (room, started);

  -- The journal. Append-only: nothing here is ever updated or deleted.
  CREATE TABLE events (
    meeting TEXT NOT NULL REFERENCES meetings (id),
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('circle', 'record')),
    body TEXT NOT NULL,
    PRIMARY KEY (meeting, seq)
  ) STRICT, WITHOUT ROWID;

  -- What should stand in a room, and what of it does. A row whose revision is ahead of its sent one waits to be sent.
  CREATE TABLE outbox (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    room TEXT NOT NULL,
    thread TEXT,
    type TEXT NOT NULL,
    position INTEGER NOT NULL,
    content TEXT NOT NULL,
    revision INTEGER NOT NULL,
    sent_revision INTEGER NOT NULL DEFAULT 0,
    -- What is under way to the homeserver: after a crash exactly this is sent again, under the same transaction id.
    flight_revision INTEGER,
    flight_content TEXT,
    sent_at INTEGER,
    event_id TEXT,
    PRIMARY KEY (scope, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX outbox_waiting ON outbox (room, position) WHERE sent_revision < revision;
  CREATE INDEX outbox_by_event ON outbox (event_id);

  -- Events from the homeserver: written before the transaction is acknowledged, kept so that none is handled twice.
  CREATE TABLE inbox (
    event_id TEXT PRIMARY KEY,
    body TEXT,
    received_at INTEGER NOT NULL,
    handled INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX inbox_waiting ON inbox (received_at) WHERE handled = 0;

  CREATE TABLE rooms (
    room TEXT PRIMARY KEY,
    greeted INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

  -- Sessions of widgets. Only a hash of each token is kept.
  CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    participant TEXT NOT NULL,
    room TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_participant ON sessions (participant, room);
  `,
  `
  -- What a room has chosen for itself; null is what the configuration says.
  ALTER TABLE rooms ADD COLUMN language TEXT;
  ALTER TABLE rooms ADD COLUMN scenario TEXT;

  -- Rooms in which the bot speaks to one person alone.
  CREATE TABLE direct_rooms (
    participant TEXT PRIMARY KEY,
    room TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Personal links into the widget. Each opens once; only a hash of its code is kept.
  CREATE TABLE links (
    code_hash TEXT PRIMARY KEY,
    participant TEXT NOT NULL,
    room TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Reactions that did something: a redaction names its event alone, and what it undoes must be known.
  CREATE TABLE reactions (
    event_id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    sender TEXT NOT NULL,
    control TEXT NOT NULL,
    received_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Where a room's tasks go; null: nowhere.
  ALTER TABLE rooms ADD COLUMN task_target TEXT;

  -- What should stand in task managers outside, and what of it does. What is due has next_at; null: nothing is to be done.
  CREATE TABLE exported_tasks (
    target TEXT NOT NULL,
    meeting TEXT NOT NULL,
    task TEXT NOT NULL,
    room TEXT NOT NULL,
    wanted TEXT NOT NULL,
    -- Set before the first try: from then on there may be an item that we do not know of.
    tried INTEGER NOT NULL DEFAULT 0,
    sent_hash TEXT,
    sent_status TEXT,
    external_id TEXT,
    url TEXT,
    etag TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    next_at INTEGER,
    PRIMARY KEY (target, meeting, task)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX exported_tasks_due ON exported_tasks (target, next_at) WHERE next_at IS NOT NULL;

  -- How each target is: since when it refuses us, and when it was last looked at.
  CREATE TABLE task_targets (
    target TEXT PRIMARY KEY,
    refused_since INTEGER,
    problem TEXT,
    looked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- How a room wants its summaries; as JSON.
  CREATE TABLE summary_templates (
    room TEXT PRIMARY KEY,
    template TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What speech recognition should know of a room: its words (a JSON array) and the language spoken in it; null: as configured.
  ALTER TABLE rooms ADD COLUMN vocabulary TEXT;
  ALTER TABLE rooms ADD COLUMN speech_language TEXT;

  -- Who agreed that the sound of their turns in a room is kept. Taking it back takes the row away.
  CREATE TABLE audio_consents (
    participant TEXT NOT NULL,
    room TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (participant, room)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- A session serves the tab that opened it. Those from before are opened anew.
  ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
  `,
  `
  -- Set while the room is closed to the bot: what waits for it is not lost, but nobody tries to send it.
  ALTER TABLE outbox ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
  `,
];
