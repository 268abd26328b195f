import { type Correction, correctionsOf } from "../../../appservice/protocol/correction.ts";
import type { RecordResponse } from "../../../appservice/protocol/http-api.ts";
import type { MeetingRecord } from "../../../appservice/protocol/meeting-record.ts";
import { entryId } from "../../../appservice/protocol/minutes-key.ts";
import type { Dice } from "./dice.ts";
import type { SimulatedHomeserver } from "./homeserver.ts";
import type { RoomEventSent } from "./room.ts";
import { askedInStage } from "./asked-in-stage.ts";
import type { SimulatedPerson } from "./person.ts";
import type { VirtualTime } from "./virtual-time.ts";

export type Acting = {
  readonly person: SimulatedPerson;
  readonly people: readonly SimulatedPerson[];
  readonly homeserver: SimulatedHomeserver;
  readonly room: string;
  readonly dice: Dice;
  readonly time: VirtualTime;
};

/** Something that people do in a room or in the widget; false where there is nothing to do it to. */
type Act = (acting: Acting) => boolean | Promise<boolean>;

const CONTROLS_AND_MARKS = ["✋", "➡️", "⏭️", "⏸️", "✅", "☑️", "❌", "👍"];
const TYPED = [
  ...["pass", "skip", "accept", "join", "leave", "hand question", "down", "extend 30", "pause", "resume", "next"],
  ...["status", "help", "summary", "redo", "redo tasks", "agree", "disagree", "language ru", "language en", "speech"],
  ...["theme What else?", "order Ann Borya", "out Chen", "again Dilara", "longer 30", "word Borya", "keeper Borya"],
  ...["scenario", "scenario show council", "vocabulary garden", "export", "fly high", "start", "mute", "signout"],
];
const NAMES = ["Ann", "Борис", "Анна-Мария", "ann", "🌻", "Ann ", "<b>Borya</b>", "@p1:hs"];

export const ACTS: Readonly<Record<string, Act>> = {
  renames: ({ person, homeserver, dice }) => {
    const displayname = dice.pick(NAMES);
    const path = `/_matrix/client/v3/profile/${person.id}/displayname`;
    return homeserver.askAs(person.id, "PUT", path, { displayname }).status === 200;
  },
  edits: ({ person, dice }) => {
    const message = dice.pick(person.written);
    if (message === undefined) return false;
    const body = `no, ${dice.below(1_000)}`;
    const relation = { rel_type: "m.replace", event_id: message };
    const edit = { "m.new_content": { msgtype: "m.text", body }, "m.relates_to": relation };
    return person.says(`* ${body}`, edit) !== null;
  },
  comments: (acting) => {
    const root = messageOfTheBot(acting, (event) => relationOf(event) === undefined);
    return root !== null && acting.person.says("a comment in the thread", inThread(root)) !== null;
  },
  "takes anything back": ({ person, homeserver, room, dice }) => {
    const message = dice.pick(person.written);
    if (message === undefined) return false;
    homeserver.redact(room, person.id, message);
    return true;
  },
  reacts: (acting) => {
    const target = messageOfTheBot(acting);
    const key = acting.dice.pick(CONTROLS_AND_MARKS);
    if (!target) return false;
    const { person, homeserver, room, dice, time } = acting;
    const content = { "m.relates_to": { rel_type: "m.annotation", event_id: target.event_id, key } };
    const reaction = homeserver.say(room, person.id, content, "m.reaction");
    if (reaction !== null && dice.chance(0.4))
      time.later(dice.between(100, 20_000), () => homeserver.redact(room, person.id, reaction));
    return reaction !== null;
  },
  types: ({ person, dice }) => person.says(`!circle ${dice.pick(TYPED)}`) !== null,
  "corrects by reply": (acting) => {
    const target = messageOfTheBot(acting);
    const words = acting.dice.chance(0.5) ? "garden => orchard" : "something else was said";
    if (!target) return false;
    const reply = { "m.relates_to": { "m.in_reply_to": { event_id: target.event_id } } };
    return acting.person.says(`!circle correct ${words}`, reply) !== null;
  },
  "corrects in the widget": correctsInTheWidget,
  "has the minutes made anew": async ({ person }) => {
    const { seen } = person;
    return seen !== null && (await person.asks("POST", "redo", { meeting: seen.id }))?.status === 200;
  },
  "has two widgets": ({ person }) => person.opensAnother(),
  "comes by a link": ({ person }) => person.comesByALink(),
  "leaves the room in mid-turn": ({ person, people, homeserver, room, dice, time }) => {
    const { seen } = person;
    const [keeper] = people;
    if (!keeper || keeper === person || seen?.turn?.speaker !== person.id) return false;
    person.leavesRoom();
    time.later(dice.between(500, 30_000), () => void person.isInvitedBy(keeper.id));
    return homeserver.stateOf(room, "m.room.member", person.id) !== null;
  },
  "steers as the keeper": async ({ person, people, dice }) => {
    const { seen } = person;
    if (!seen || seen.keeper !== person.id) return false;
    const expectedVersion = seen.version;
    const whom = dice.pick(people)?.id ?? person.id;
    const moves: readonly Record<string, unknown>[] = [
      { type: "pause", expectedVersion },
      { type: "resume", expectedVersion },
      { type: "next-circle", expectedVersion },
      { type: "end-circle", expectedVersion },
      { type: "skip", expectedVersion },
      { type: "take-out", who: whom },
      { type: "reorder", order: people.map(({ id }) => id).toReversed(), expectedVersion },
      { type: "set-theme", theme: "something else", circle: seen.circle ?? 0 },
      { type: "give-word", to: whom, expectedVersion },
      { type: "more-time", expectedVersion },
    ];
    await person.command(dice.pick(moves) ?? {});
    return true;
  },
  "does what the stage asks": async ({ person, dice }) => {
    const wanted = person.seen && askedInStage(person.seen, person.id, dice);
    if (wanted) await person.command(wanted);
    return wanted !== null;
  },
};

/**
 * Corrects one thing in the record that can be corrected: what was heard, a summary, a task, a decision, a question.
 */
async function correctsInTheWidget({ person, dice }: Acting): Promise<boolean> {
  const answer = await person.asks("GET", "record");
  const { record } = (answer?.status === 200 ? answer.body : { record: null }) as RecordResponse;
  const change = record && dice.pick(changesOf(record));
  if (!record || !change) return false;
  const seen = correctionsOf(record.corrections, change).length;
  const asked = await person.asks("POST", "corrections", { meeting: person.seen?.id, seen, change });
  return asked?.status === 200;
}

function changesOf({ minutes, utterances }: MeetingRecord): Correction[] {
  return [
    ...utterances.map(({ id }): Correction => ({ of: "utterance", id, text: "it was otherwise" })),
    ...utterances.map(({ id }): Correction => ({ of: "utterance", id, text: "" })),
    ...minutes.flatMap((entry): Correction[] => {
      const { result } = entry;
      switch (result.form) {
        case "summary":
          return [{ of: "summary", id: entryId(entry), sentences: ["All was said."] }];
        case "tasks":
          return result.tasks.map(({ id }) => ({ of: "task", id, title: "Another title", status: "done" }));
        case "decisions":
          return result.decisions.map(({ id }) => ({ of: "decision", id, status: "confirmed" }));
        case "questions":
          return result.questions.map(({ id }) => ({ of: "question", id, status: "open" }));
        default:
          return [];
      }
    }),
  ];
}

const relationOf = ({ content }: RoomEventSent) =>
  (content["m.relates_to"] as { rel_type?: string } | undefined)?.rel_type;

function messageOfTheBot(
  { homeserver, room, dice }: Acting,
  isIt: (event: RoomEventSent) => boolean = (event) => relationOf(event) !== "m.replace",
): RoomEventSent | null {
  return dice.pick(homeserver.ownMessages(room).filter(isIt)) ?? null;
}

function inThread({ event_id: root }: RoomEventSent): Record<string, unknown> {
  return { "m.relates_to": { rel_type: "m.thread", event_id: root, is_falling_back: true } };
}
