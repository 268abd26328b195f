export const STEPS_22_29: readonly string[] = [
  `
  -- A link that was opened, or that a later one took the place of, is known until it would have run out: the message that asked for it may be
  -- taken up again after a crash.
  ALTER TABLE links ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- Encrypted rooms. Key material is encrypted once more, by the key in the key file (encryption/at-rest.ts).
  CREATE TABLE crypto_secrets (
    name TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE crypto_sleepers (
    id TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    made INTEGER NOT NULL,
    woken INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE crypto_room_keys (
    room TEXT NOT NULL,
    session TEXT NOT NULL,
    sealed BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (room, session)
  ) STRICT, WITHOUT ROWID;
  -- Which message stood at which place of a session: one that comes a second time is not read.
  CREATE TABLE crypto_read (
    session TEXT NOT NULL,
    place INTEGER NOT NULL,
    event TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (session, place)
  ) STRICT, WITHOUT ROWID;
  -- By what the files that the bot sends were encrypted; encrypted as well.
  CREATE TABLE crypto_files (
    mxc TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    kept_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The key of each encrypted room's call; encrypted once more, by the key in the key file.
  CREATE TABLE crypto_media_keys (
    room TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Links for guests. Of a code there is a hash alone; once: for one meeting, which is known from when it gathers.
  CREATE TABLE guest_links (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    code_hash TEXT NOT NULL UNIQUE,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    once INTEGER NOT NULL,
    meeting TEXT,
    lobby INTEGER NOT NULL,
    places INTEGER NOT NULL,
    closed_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX guest_links_by_room ON guest_links (room) WHERE closed_at IS NULL;

  -- Guests, one for each browser that came by a link. name: as they chose it; shown: as everybody sees it.
  CREATE TABLE guests (
    id TEXT PRIMARY KEY,
    link TEXT NOT NULL,
    room TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    shown TEXT NOT NULL,
    namesake INTEGER NOT NULL,
    meeting TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waits', 'in', 'out')),
    asked_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    decided_by TEXT,
    UNIQUE (link, browser_hash)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX guests_by_room ON guests (room, state);
  `,
  `
  -- Chats in Telegram, one for a room. instance: Telegram's name of it in a launch, from its first use on.
  CREATE TABLE telegram_chats (
    room TEXT PRIMARY KEY,
    chat INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL,
    instance TEXT,
    bound_by TEXT NOT NULL,
    bound_at INTEGER NOT NULL,
    forum INTEGER NOT NULL,
    lost TEXT
  ) STRICT, WITHOUT ROWID;
  -- Codes by which a keeper binds a chat to a room: of each a hash alone.
  CREATE TABLE telegram_bind_codes (
    room TEXT PRIMARY KEY,
    code_hash TEXT NOT NULL UNIQUE,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What people of a room let their words and sound be used for: a journal, append-only. Whose sound is kept already had said yes; to which
  -- sentence is not known.
  CREATE TABLE purpose_events (
    room TEXT NOT NULL,
    seq INTEGER NOT NULL,
    v INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO purpose_events (room, seq, v, body)
  SELECT room, ROW_NUMBER() OVER (PARTITION BY room ORDER BY given_at, participant) - 1, 1,
         json_object('type', 'purpose-answered', 'at', given_at, 'who', participant, 'purpose', 'sound',
                     'given', json('true'), 'text', NULL, 'door', NULL)
  FROM audio_consents;
  `,
  `
  -- Last moment at which people could be heard, while a meeting runs: what is later is given back to it.
  CREATE TABLE pulse (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- Who read, heard or took away what of a room's meetings, by days. who '': the admin; meeting '': more than one.
  CREATE TABLE accesses (
    room TEXT NOT NULL,
    meeting TEXT NOT NULL,
    who TEXT NOT NULL,
    door TEXT NOT NULL,
    what TEXT NOT NULL,
    day INTEGER NOT NULL,
    at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (room, meeting, who, door, what, day)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX accesses_by_day ON accesses (day);
  `,
];
