/** Rows of a room in one table: they go to another shard with the room. */
export type RoomTable = {
  readonly table: string;
  /** Condition for the rows of the room @room, received after @since where it says so. */
  readonly where: string;
  /** Columns that are numbered anew there. */
  readonly without?: readonly string[];
  /** Others need these rows, too: they stay, and go where they are not known. */
  readonly shared?: true;
};

const MEETINGS = "SELECT id FROM meetings WHERE room = @room";
const OF_ROOM = "room = @room";
const OF_MEETING = `meeting IN (${MEETINGS})`;
const ASSEMBLIES = "SELECT id FROM assemblies WHERE room = @room";
const OF_STREAM = `(${OF_MEETING} OR meeting IN (${ASSEMBLIES}))`;
const OF_SCOPE = `(room = @room OR scope IN (${MEETINGS}))`;

/**
 * Tables with rows of rooms, in the order in which they are filled, and emptied the other way round: what is referred
 * to comes first.
 */
export const ROOM_TABLES: readonly RoomTable[] = [
  { table: "meetings", where: OF_ROOM },
  { table: "assemblies", where: OF_ROOM },
  // Read before the words: what is done with them meanwhile is done there once more, and nothing is left undone.
  { table: "words_leaving", where: OF_MEETING },
  { table: "erasures", where: OF_ROOM },
  { table: "events", where: OF_MEETING },
  { table: "sealed_words", where: OF_STREAM },
  { table: "unsealed", where: OF_MEETING },
  { table: "words_taken_back", where: OF_STREAM },
  { table: "unwritten", where: OF_MEETING },
  { table: "recordings", where: OF_ROOM },
  { table: "recordings_told", where: OF_ROOM },
  { table: "forgotten_meetings", where: OF_ROOM },
  { table: "assembly_events", where: `assembly IN (${ASSEMBLIES})` },
  { table: "unsealed_assemblies", where: `assembly IN (${ASSEMBLIES})` },
  { table: "outbox", where: OF_SCOPE },
  { table: "unsealed_messages", where: "(scope, key) IN (SELECT scope, key FROM outbox WHERE room = @room)" },
  { table: "versions", where: OF_SCOPE },
  // The ids alone are kept of what was handled, and do not say of which room: those are enough that may come again.
  { table: "inbox", where: "handled = 1 AND received_at > @since", shared: true },
  { table: "rooms", where: OF_ROOM },
  { table: "room_past", where: OF_ROOM },
  { table: "rooms_read_back", where: OF_ROOM },
  { table: "summary_templates", where: OF_ROOM },
  { table: "sessions", where: OF_ROOM },
  { table: "links", where: OF_ROOM },
  { table: "told_links", where: OF_ROOM },
  { table: "browsers", where: OF_ROOM, shared: true },
  { table: "signed_out", where: "until > @since", shared: true },
  { table: "direct_rooms", where: OF_ROOM },
  { table: "reactions", where: OF_ROOM },
  { table: "call_names", where: OF_ROOM },
  { table: "call_tokens", where: "(name = @room OR name IN (SELECT name FROM call_names WHERE room = @room))" },
  { table: "guest_links", where: OF_ROOM },
  { table: "guests", where: OF_ROOM },
  { table: "exported_tasks", where: OF_ROOM },
  { table: "audio_consents", where: OF_ROOM },
  { table: "purpose_events", where: OF_ROOM },
  { table: "accesses", where: OF_ROOM },
  { table: "ledger_records", where: OF_ROOM },
  { table: "ledger_salts", where: OF_ROOM },
  { table: "ledger_checkpoints", where: OF_ROOM },
  { table: "telegram_chats", where: OF_ROOM },
  { table: "telegram_bind_codes", where: OF_ROOM },
  { table: "telegram_people", where: OF_ROOM },
  { table: "telegram_outbox", where: OF_ROOM, without: ["id"] },
  { table: "telegram_places", where: OF_ROOM },
  { table: "telegram_rooms_before", where: "(room = @room OR into_room = @room)" },
  { table: "telegram_updates", where: "taken_at > @since", shared: true },
  { table: "telegram_launches", where: "worthless_at > @since", shared: true },
];

/** Tables of which nothing goes along, and why. */
export const STAYING: Readonly<Record<string, string>> = {
  task_targets: "how a task manager answers this service",
  pulse: "when people were last heard by this service",
  crypto_secrets: "the bot's device here; encrypted rooms are not moved",
  crypto_sleepers: "the bot's device here; encrypted rooms are not moved",
  crypto_room_keys: "encrypted rooms are not moved",
  crypto_read: "encrypted rooms are not moved",
  crypto_files: "encrypted rooms are not moved",
  crypto_media_keys: "encrypted rooms are not moved",
  ledger_key: "each shard signs by a key of its own",
  nudge_key: "push services know each shard by a key of its own",
  nudges: "made for the key of this shard: a browser asks anew when its page opens",
  telegram_links: "joined on each shard: an account that was parted there would be joined again",
  telegram_link_codes: "typed within minutes, or asked for again",
};
