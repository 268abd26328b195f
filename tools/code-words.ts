/** `file`: where the word is at home, from `appservice/`; it is written there as `name`. */
export type CodeWord = { readonly name: string; readonly file: string; readonly means: string };

/** One word for one thing in the code. Look here before you name a type; a test holds that each is where it says. */
export const CODE_WORDS: readonly CodeWord[] = [
  {
    name: "Actor",
    file: "protocol/actor.ts",
    means: "whoever asks for something: id, issuer, name, door and rights, made once at the door they came by",
  },
  {
    name: "Admission",
    file: "admission/admission.ts",
    means: "an issuer's word on who somebody is and whether they may be in a room",
  },
  {
    name: "MindminderError",
    file: "protocol/mindminder-error.ts",
    means: "every error of ours: code, remedy, retryable",
  },
  { name: "Command", file: "circle/command.ts", means: "something asked of a meeting; it may be refused" },
  {
    name: "Ruling",
    file: "circle/ruling.ts",
    means: "the outcome of a command: events, or a refusal. A *decision* is the group's",
  },
  {
    name: "Refusal",
    file: "protocol/refusal.ts",
    means: "why a command was not carried out, by a code with a sentence in each language",
  },
  {
    name: "CircleEvent",
    file: "circle/event.ts",
    means: "something that happened in a circle. An event of Matrix is a *room event*",
  },
  {
    name: "RecordEvent",
    file: "record/event.ts",
    means: "something that came out of a meeting: text, minutes, corrections",
  },
  { name: "Meeting", file: "circle/meeting.ts", means: "the state of a meeting, made of its circle events" },
  {
    name: "RecordState",
    file: "record/state.ts",
    means: "the state of its record, made of its record events; `MeetingRecord` is what leaves the service",
  },
  { name: "Floor", file: "circle/floor.ts", means: "who may be heard. The kind of circle is the *open floor*" },
  {
    name: "JournalEntry",
    file: "journal/entry.ts",
    means: "one event as the journal keeps it, with the version of its shape",
  },
  {
    name: "Upcaster",
    file: "journal/upcast/upcaster.ts",
    means: "brings an entry from one version of its shape to the next, at reading",
  },
  { name: "Outbox", file: "journal/outbox.ts", means: "messages that should stand in the rooms" },
  { name: "Inbox", file: "journal/inbox.ts", means: "room events that have come and are not handled yet" },
  { name: "PostKey", file: "journal/post-key.ts", means: "the name of a message of ours in its scope" },
  { name: "Scope", file: "journal/scope.ts", means: "what a message is of: a meeting, or the room" },
  {
    name: "RoomHandlers",
    file: "room/handlers/handlers.ts",
    means: "the table of what each type of room event brings about, a file for each handler",
  },
  {
    name: "CommandContext",
    file: "room/commands/context.ts",
    means: "the ports of typed commands, which each command names with `Uses`",
  },
  {
    name: "AsyncCommand",
    file: "room/commands/command.ts",
    means: "a typed command that goes out for something (`AsyncPorts`) before it is answered",
  },
  { name: "News", file: "policies/news.ts", means: "what one part tells that another may have to act on" },
  {
    name: "Reconciler",
    file: "retry/reconciler.ts",
    means: "makes the world as it is wanted: the latest value, one act at a time",
  },
  { name: "Pace", file: "retry/pace.ts", means: "how long to wait before trying again" },
  { name: "Gate", file: "call/gate.ts", means: "opens and closes microphones as the floor says" },
  { name: "Guard", file: "call/guard.ts", means: "keeps watcher and witness in a call while a meeting runs" },
  { name: "Watcher", file: "call/watcher.ts", means: "our hidden participant that sees every microphone of a call" },
  {
    name: "Witness",
    file: "call/witness.ts",
    means: "a second one, by whom it is noticed that somebody withholds their sound",
  },
  { name: "Spool", file: "scribe/spool/spool.ts", means: "speech on the disk until its text is in the journal" },
  { name: "Homeserver", file: "room/homeserver.ts", means: "the one door to Matrix" },
  { name: "Ground", file: "parts/ground.ts", means: "what every part of the service stands on" },
];
