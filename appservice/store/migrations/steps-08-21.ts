import { TYPED_MESSAGE, TYPED_EDIT, TYPED_COMMAND, TYPE_OF_ENTRY } from "./entry-values.ts";

export const STEPS_08_21: readonly string[] = [
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
];
