export const STEPS_30_36: readonly string[] = [
  `
  -- Log of the ledger of contributions, a room's own. A record is SHA-256 of salt and entry; it stays when these are erased.
  CREATE TABLE ledger_records (
    room TEXT NOT NULL,
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (room, n)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX ledger_records_by_id ON ledger_records (room, id);
  CREATE TABLE ledger_salts (
    room TEXT NOT NULL,
    n INTEGER NOT NULL,
    salt BLOB NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (room, n)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE ledger_checkpoints (
    room TEXT NOT NULL,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (room, size)
  ) STRICT, WITHOUT ROWID;
  -- Name and seed of the key by which checkpoints are signed; there is one.
  CREATE TABLE ledger_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL,
    seed BLOB NOT NULL
  ) STRICT;
  `,
  `
  -- People of Telegram who came by the Mini App. shown: as everybody sees them; since: what they see of the room begins here.
  CREATE TABLE telegram_people (
    room TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    shown TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in', 'left', 'out')),
    since INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (room, id)
  ) STRICT, WITHOUT ROWID;

  -- Launches of the Mini App that were exchanged for a session: each is once.
  CREATE TABLE telegram_launches (
    digest TEXT PRIMARY KEY,
    worthless_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Codes by which somebody of Matrix proves that an account of Telegram is theirs, and who has typed it.
  CREATE TABLE telegram_link_codes (
    participant TEXT PRIMARY KEY,
    code_hash TEXT NOT NULL UNIQUE,
    made_at INTEGER NOT NULL,
    telegram TEXT,
    name TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE telegram_links (
    telegram TEXT PRIMARY KEY,
    participant TEXT NOT NULL,
    linked_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX telegram_links_of ON telegram_links (participant);
  `,
  `
  -- What should stand in chats of Telegram. html: only while it waits; wanted, stands: fingerprints of what should stand
  -- and of what does; waits: its place in the queue; sending: written before it is sent, for nobody knows afterwards.
  CREATE TABLE telegram_outbox (
    id INTEGER PRIMARY KEY,
    room TEXT NOT NULL,
    meeting TEXT NOT NULL,
    key TEXT NOT NULL,
    part INTEGER NOT NULL,
    answers TEXT,
    html TEXT,
    buttons TEXT NOT NULL,
    wanted TEXT NOT NULL,
    stands TEXT,
    waits INTEGER,
    message INTEGER,
    changed_at INTEGER,
    sending INTEGER NOT NULL DEFAULT 0,
    repeated INTEGER NOT NULL DEFAULT 0,
    UNIQUE (meeting, key, part)
  ) STRICT;
  CREATE INDEX telegram_outbox_waiting ON telegram_outbox (room, waits) WHERE waits IS NOT NULL;
  CREATE INDEX telegram_outbox_by_message ON telegram_outbox (room, message) WHERE message IS NOT NULL;
  -- Where in its chat a meeting stands. unsure: a topic was being made, and nobody knows whether it was.
  CREATE TABLE telegram_places (
    meeting TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    topic INTEGER,
    unsure INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- What Telegram told of and was done, so that it is not done again.
  CREATE TABLE telegram_updates (
    id INTEGER PRIMARY KEY,
    taken_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- Browser that a personal link was opened in: it opens there again until the meeting is over.
  ALTER TABLE links ADD COLUMN browser_hash TEXT;
  `,
  `
  -- Key pair by which push services know this service.
  CREATE TABLE nudge_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    public TEXT NOT NULL,
    private TEXT NOT NULL
  ) STRICT;
  -- Browsers that want to be told that their person is next. told: the turn during which they were told last.
  CREATE TABLE nudges (
    id INTEGER PRIMARY KEY,
    endpoint TEXT NOT NULL UNIQUE,
    participant TEXT NOT NULL,
    room TEXT NOT NULL,
    device TEXT NOT NULL,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    told TEXT
  ) STRICT;
  CREATE INDEX nudges_of ON nudges (room, participant);
  -- Whose session has ended, however it did, is told nothing.
  CREATE TRIGGER nudges_end_with_the_session AFTER DELETE ON sessions
  WHEN NOT EXISTS (SELECT 1 FROM sessions
                   WHERE participant = OLD.participant AND room = OLD.room AND device = OLD.device)
  BEGIN
    DELETE FROM nudges WHERE participant = OLD.participant AND room = OLD.room AND device = OLD.device;
  END;
  `,
  `
  -- Whose words are to be erased from all that was until a moment. done_at null: not all of it is done yet.
  CREATE TABLE erasures (
    room TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    done_at INTEGER,
    PRIMARY KEY (room, who)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Ring of the room's assembly that a meeting is of, and that a call goes on for; null: the room as a whole.
  ALTER TABLE meetings ADD COLUMN ring INTEGER;
  CREATE INDEX meetings_by_ring ON meetings (room, ring, started);
  ALTER TABLE call_names ADD COLUMN ring INTEGER;
  `,
];
