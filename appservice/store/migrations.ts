/** SQL for the value of a journal entry's key, if the entry can be read at all; indexed. */
const inEntry = (key: string) => `CASE WHEN json_valid(body) THEN json_extract(body, '$.${key}') END`;
export const TYPED_MESSAGE = inEntry("comment.id");
export const TYPED_EDIT = inEntry("edit");
export const TYPED_COMMAND = inEntry("message");
export const TYPE_OF_ENTRY = inEntry("type");

/** Forms of the database, each from the one before it. A step that has been released is never changed. */
export const MIGRATIONS: readonly string[] = [
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
  `
  -- Whom a message mentions as it stands (JSON), so that an edit rings for those alone whom it mentions newly. Null: sent before this was kept.
  ALTER TABLE outbox ADD COLUMN mentioned TEXT;
  `,
  `
  -- Messages with personal links, until they are taken away again.
  CREATE TABLE told_links (
    event_id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    code_hash TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What LiveKit calls the calls of rooms: one present name a room (without a row: the room's own), and those given up lately.
  CREATE TABLE call_names (
    name TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    given_up_at INTEGER
  ) STRICT, WITHOUT ROWID;

  -- Who was handed a token for a call under its present name.
  CREATE TABLE call_tokens (
    name TEXT NOT NULL,
    participant TEXT NOT NULL,
    PRIMARY KEY (name, participant)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Who was in a room, and what it showed of its history (who is ''), from a moment on.
  CREATE TABLE room_past (
    room TEXT NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    value TEXT NOT NULL,
    event_id TEXT UNIQUE
  ) STRICT;
  CREATE INDEX room_past_of ON room_past (room, who, at);

  -- Rooms of which it is known, too, what was before this was noted down.
  CREATE TABLE rooms_read_back (
    room TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Which message is in which journal: what is taken back may be of long ago.
  CREATE INDEX events_by_message ON events (${TYPED_MESSAGE});
  CREATE INDEX events_by_edit ON events (${TYPED_EDIT});
  `,
  `
  -- The next place in the order is found without reading all that was ever said.
  CREATE INDEX outbox_by_position ON outbox (position);
  `,
  `
  -- On whose words a message rests (JSON: meeting, ids), and how many times words of that meeting had been taken back when it was written. What
  -- is sent \`again\` stood before, and rings for nobody.
  ALTER TABLE outbox ADD COLUMN rests TEXT;
  ALTER TABLE outbox ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE outbox ADD COLUMN flight_rests TEXT;
  ALTER TABLE outbox ADD COLUMN flight_known INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE outbox ADD COLUMN again INTEGER NOT NULL DEFAULT 0;

  -- Messages and edits of the bot's that stand in rooms and rest on somebody's words. goes: it is to be taken away.
  CREATE TABLE versions (
    event_id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    revision INTEGER NOT NULL,
    meeting TEXT NOT NULL,
    ids TEXT NOT NULL,
    known INTEGER NOT NULL,
    goes INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX versions_of_message ON versions (scope, key);
  CREATE INDEX versions_of_meeting ON versions (meeting);
  CREATE INDEX versions_going ON versions (room) WHERE goes = 1;

  -- Of what was sent before this was noted down, the ids in it say on what it rests.
  INSERT INTO versions (event_id, room, scope, key, revision, meeting, ids, known)
  SELECT event_id, room, scope, key, sent_revision,
         CASE WHEN key LIKE 'carried:m%:%' THEN substr(key, 9, instr(substr(key, 9), ':') - 1) ELSE scope END,
         (SELECT json_group_array(DISTINCT value) FROM json_tree(content) WHERE type = 'text' AND (key = 'id' OR path LIKE '%.from')), 0
  FROM outbox WHERE event_id IS NOT NULL AND type = 'm.room.message' AND scope LIKE 'm%' AND json_valid(content)
    AND EXISTS (SELECT 1 FROM json_tree(content) WHERE type = 'text' AND (key = 'id' OR path LIKE '%.from'));

  -- What was taken back in a meeting, in the order in which it was; by this it is known which versions hold its words.
  CREATE TABLE words_taken_back (
    meeting TEXT NOT NULL,
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (meeting, n)
  ) STRICT, WITHOUT ROWID;

  -- Meetings in whose rooms it is still to be seen to that nothing stands of what was taken back.
  CREATE TABLE unwritten (
    meeting TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Browsers in which people signed in: state is 'waits' until their own client says so in the room, or they are told of it.
  CREATE TABLE browsers (
    participant TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    room TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    code_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waits', 'confirmed', 'told')),
    PRIMARY KEY (participant, browser_hash)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX browsers_waiting ON browsers (opened_at) WHERE state = 'waits';

  -- Who ended all that was open in their name: until then a proof that could be somebody else's opens nothing.
  CREATE TABLE signed_out (
    participant TEXT PRIMARY KEY,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Of a long meeting only the few entries are read that are asked for. SQLite has to be told to use it: it thinks the whole meeting as quick.
  CREATE INDEX events_by_type ON events (meeting, kind, ${TYPE_OF_ENTRY});
  `,
  `
  -- Meetings whose content a room's own retention (m.room.retention) has taken away: that they were, when, and since when nothing of them is here.
  CREATE TABLE forgotten_meetings (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    started INTEGER NOT NULL,
    forgotten_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- In which message the words of a command stand: they may be taken back.
  CREATE INDEX events_by_command ON events (${TYPED_COMMAND});
  `,
  `
  -- In which version of its type's form an event is written (journal/upcast). Those from before there were versions are of the first.
  ALTER TABLE events ADD COLUMN v INTEGER NOT NULL DEFAULT 1;
  `,
  `
  -- By whose word a session's person is who they are.
  ALTER TABLE sessions ADD COLUMN issuer TEXT NOT NULL DEFAULT 'matrix';
  `,
  `
  -- Whose command an event came of: id, issuer and door, as JSON. Null where nobody's did, and in rows from before it was written.
  ALTER TABLE events ADD COLUMN actor TEXT;
  `,
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
