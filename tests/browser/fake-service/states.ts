import type { GatheringAssembly } from "../../../appservice/protocol/assembly-gathering.ts";
import type { AssemblyMap } from "../../../appservice/protocol/assembly-map.ts";
import type { AssemblyRecord } from "../../../appservice/protocol/assembly-record.ts";
import type { MyTextResponse, Session } from "../../../appservice/protocol/http-api.ts";
import type { ListeningPeople } from "../../../appservice/protocol/listening.ts";
import type { MeetingRecord } from "../../../appservice/protocol/meeting-record.ts";
import { MeetingSnapshot, type TurnSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { type Change, turn } from "./change.ts";
import { CIRCLE_SCENES, MY_TEXT } from "./circle-scenes.ts";
import { DOT_VOTE_SCENES, MY_DOTS } from "./dot-vote-scenes.ts";
import { ASKS, idOf, ME, people } from "./people.ts";
import { lengthened, recordOf } from "./record.ts";
import { formatGuestId, type ParticipantId, type RoomId } from "../../../appservice/protocol/identity.ts";
import { meetingId, personId } from "../../support/protocol/ids.ts";

export type Scene = {
  readonly meeting: MeetingSnapshot | null;
  readonly record: MeetingRecord | null;
  /** My text so far. */
  readonly myText?: NonNullable<MyTextResponse["text"]>;
  readonly myDots?: NonNullable<MyTextResponse["dots"]>;
  /** Assembly in which the meeting is one ring. */
  readonly assembly?: AssemblyMap;
  readonly gathering?: GatheringAssembly;
  readonly assemblyRecord?: AssemblyRecord;
  /** People in the call without a seat. */
  readonly listening?: ListeningPeople["people"];
  readonly session: Pick<Session, "me" | "callAvailable" | "hasScribe" | "botMayWrite">;
};

const THEMES = [
  "What did you come with today?",
  "How should we share the work in spring, and what would each of us rather not do again?",
  "What do you take with you?",
];

/** A scene by its name, as if it had come about at `now`; `long-` before it: after two hours of talk. */
export function scene(name: string, count: number, roomId: RoomId, now: number): Scene {
  if (name.startsWith("long-")) {
    const short = scene(name.slice("long-".length), count, roomId, now);
    return { ...short, record: short.record && lengthened(short.record) };
  }
  const me = ME(count);
  const change = SCENES[name];
  const base = inCircle(count, roomId, now);
  const meeting = name === "no-meeting" || !change ? null : inRing({ ...base, ...change(base, now) });
  const ended = meeting?.phase === "ended";
  return {
    meeting,
    ...(name.startsWith("listened-to") && {
      listening: [
        { id: personId("@eve:example.org"), name: "Eve Larsson" },
        { id: personId("@max:example.org"), name: "Максимилиан Константинопольский" },
      ],
    }),
    ...(name === "writing" && { myText: { circle: 1, text: MY_TEXT, finished: false } }),
    ...(MY_DOTS[name] && { myDots: { circle: 1, on: [...MY_DOTS[name]] } }),
    record: meeting && meeting.phase !== "gathering" ? recordOf(meeting, ended) : null,
    session: {
      me: {
        id: me,
        name: people(count).find(({ id }) => id === me)?.name ?? me,
        mayKeep: /^(keeper|between)/.test(name),
      },
      callAvailable: !name.startsWith("no-call"),
      hasScribe: true,
      botMayWrite: name !== "bot-without-power",
    },
  };
}

/**
 * Takes those out of the order of speaking who do not sit in the ring, as the service does; the next who sits comes
 * next.
 */
function inRing(meeting: MeetingSnapshot): MeetingSnapshot {
  const { ring, turn: now, next, done, returns } = meeting;
  const sits = (who: ParticipantId) => ring.includes(who);
  const after = ring.slice(now ? ring.indexOf(now.speaker) + 1 : 0).find((who) => !done.includes(who));
  return {
    ...meeting,
    next: next === null || sits(next) ? next : (after ?? null),
    done: done.filter(sits),
    returns: returns.filter(sits),
  };
}

function standing(of: TurnSnapshot, spentMs: number, lapsesAt: number | null): TurnSnapshot {
  return { ...of, status: "held", spentMs, runningSince: null, endsAt: null, graceEndsAt: null, lapsesAt };
}

/** The second of them is a guest. */
function withGuest(meeting: MeetingSnapshot): Partial<MeetingSnapshot> {
  const asGuest = JSON.stringify(meeting).replaceAll(idOf(1), formatGuestId(new Uint8Array(16).fill(3)));
  const { people: all, ...rest } = MeetingSnapshot.parse(JSON.parse(asGuest));
  return {
    ...rest,
    keeper: idOf(0),
    people: all.map((person, at) => (at === 1 ? { ...person, name: `${person.name} (guest)` } : person)),
  };
}

export const SCENES: Readonly<Record<string, Change>> = {
  "others-turn": () => ({}),
  /** I do not sit there yet. */
  arriving: (meeting) => ({
    people: meeting.people.filter(({ id }) => id !== meOf(meeting)),
    ring: meeting.ring.filter((id) => id !== meOf(meeting)),
  }),
  /** I sit there, and have not said whether my words may be written down. */
  unanswered: (meeting) => answered(meeting, [meOf(meeting)], []),
  "no-call-unanswered": (meeting) => answered(meeting, [meOf(meeting)], []),
  /** Somebody else has sent the scribe away; I have. */
  "scribe-away": () => ({ scribeAway: { by: idOf(5) } }),
  "scribe-away-mine": (meeting) => ({ scribeAway: { by: meOf(meeting) } }),
  unwritten: (meeting, now) => ({
    ...mine(meeting, turn(meOf(meeting), 40, now)),
    ...answered(meeting, [idOf(3)], [meOf(meeting), idOf(5)]),
  }),
  "listened-to": () => ({}),
  /** To somebody who may not see what was before them. */
  newcomer: () => ({}),
  "listened-to-my-turn": (meeting, now) => mine(meeting, turn(meOf(meeting), 40, now)),
  keeper: () => ({}),
  "keeper-guests": (meeting) => withGuest(meeting),
  /** One of the others is a guest. */
  "with-guest": (meeting) => withGuest(meeting),
  "keeper-out-of-turn": () => ({}),
  "no-call": () => ({}),
  "my-turn": (meeting, now) => mine(meeting, turn(meOf(meeting), 40, now)),
  "keeper-turn": (meeting, now) => mine(meeting, turn(meOf(meeting), 40, now)),
  "keeper-paused": (meeting, now) => ({
    paused: true,
    turn: standing(turn(speakerOf(meeting), 40, now), 40_000, null),
  }),
  overdue: (meeting, now) => ({ turn: turn(speakerOf(meeting), 150, now) }),
  stale: (meeting, now) => mine(meeting, turn(meOf(meeting), 40, now)),
  late: (meeting, now) => mine(meeting, turn(meOf(meeting), 98, now)),
  "last-seconds": (meeting, now) => mine(meeting, turn(meOf(meeting), 112, now)),
  grace: (meeting, now) => mine(meeting, turn(meOf(meeting), 121, now)),
  hands: () => ({
    stage: "floor",
    turn: null,
    next: idOf(4),
    done: [],
    returns: [],
    hands: [
      { who: idOf(4), hand: "point-of-order" },
      { who: idOf(0), hand: "clarify" },
      { who: idOf(5), hand: "reply" },
    ],
  }),
  "bot-without-power": () => ({}),
  broken: () => ({}),
  future: () => ({}),
  /** A ring that names people whom nobody lists, and words that only a later service would send. */
  strange: (meeting) => ({
    people: meeting.people.slice(2),
    keeper: personId("@nobody:example.org"),
    next: personId("@ghost:example.org"),
    ring: [...meeting.ring, personId("@ghost:example.org")],
    hands: [{ who: personId("@ghost:example.org"), hand: "reply" }],
    ...({ weather: { sun: true }, mood: ["calm"] } as object),
  }),
  "i-am-next": (meeting) => ({ next: meOf(meeting) }),
  "offered-to-me": (meeting, now) =>
    mine(meeting, { ...standing(turn(meOf(meeting), 0, now), 0, now + 8_000), status: "offered" }),
  offered: (meeting, now) => ({
    turn: { ...standing(turn(speakerOf(meeting), 0, now), 0, now + 8_000), status: "offered" },
  }),
  held: (meeting, now) => ({
    turn: standing(turn(speakerOf(meeting), 40, now), 40_000, now + 12_000),
    people: meeting.people.map((person) =>
      person.id === speakerOf(meeting) ? { ...person, presence: "away" } : person,
    ),
  }),
  "call-away": (meeting, now) => ({
    paused: true,
    waitsForCall: true,
    turn: standing(turn(speakerOf(meeting), 40, now), 40_000, null),
  }),
  paused: (meeting, now) => ({ paused: true, turn: standing(turn(speakerOf(meeting), 40, now), 40_000, null) }),
  between: (meeting, now) => ({
    phase: "between",
    turn: null,
    next: meeting.ring[0] ?? null,
    nextCircleAt: now + 22_000,
    done: meeting.ring,
    returns: [],
    circles: meeting.circles.map((circle) => ({ ...circle, status: circle.index < 2 ? "done" : "waiting" })),
  }),
  gathering,
  "no-call-gathering": gathering,
  ended: (meeting, now) => ({
    phase: "ended",
    turn: null,
    next: null,
    done: meeting.ring,
    returns: [],
    circle: 2,
    endedAt: now,
    circles: meeting.circles.map((circle) => ({ ...circle, status: "done" })),
  }),
  ...CIRCLE_SCENES,
  ...DOT_VOTE_SCENES,
  names: (meeting) => ({
    people: meeting.people.map((person, index) =>
      index % 2 === 0 ? { ...person, name: `<b onclick=alert(1)>\u202Egnol\u202C ${"very ".repeat(100)}` } : person,
    ),
  }),
};

function gathering(meeting: MeetingSnapshot): Partial<MeetingSnapshot> {
  return {
    phase: "gathering",
    turn: null,
    next: null,
    ring: [],
    done: [],
    returns: [],
    circle: null,
    circles: [],
    startedAt: null,
    keeper: null,
    people: meeting.people.map((person) => ({ ...person, spokenMs: 0 })),
  };
}

function mine(meeting: MeetingSnapshot, of: TurnSnapshot): Partial<MeetingSnapshot> {
  const next = meeting.ring.find((id) => id !== of.speaker && !meeting.done.includes(id)) ?? null;
  return { turn: of, next, done: meeting.done.filter((id) => id !== of.speaker) };
}

function answered(
  meeting: MeetingSnapshot,
  nothing: readonly string[],
  no: readonly string[],
): Partial<MeetingSnapshot> {
  return {
    people: meeting.people.map(({ agreed: _, ...person }) =>
      nothing.includes(person.id) ? person : { ...person, agreed: !no.includes(person.id) },
    ),
  };
}

const meOf = (meeting: MeetingSnapshot) => ME(meeting.people.length);
const speakerOf = (meeting: MeetingSnapshot) => meeting.turn?.speaker ?? idOf(0);

/**
 * The second circle, with a third of the ring done, somebody away and somebody who keeps a turn where there are enough.
 */
function inCircle(count: number, roomId: RoomId, now: number): MeetingSnapshot {
  const ring = people(count).map(({ id }) => id);
  const speakerAt = Math.max(
    0,
    Math.min(count - 1, count === 1 ? 0 : Math.floor(count / 3) === 2 ? 1 : Math.floor(count / 3)),
  );
  const speaker = ring[speakerAt] ?? idOf(0);
  const kept = count >= 7 ? [idOf(0)] : [];
  return {
    format: 1,
    id: meetingId("m12345678abc"),
    roomId,
    version: 17,
    at: now,
    phase: "circle",
    paused: false,
    scenario: { id: "council", title: "Council" },
    topic: "Spring in the garden",
    language: "en",
    asks: ASKS,
    keeper: idOf(Math.min(1, count - 1)),
    people: people(count).map((person, index) =>
      count >= 4 && index === count - 1 ? { ...person, presence: "away" } : person,
    ),
    circles: THEMES.map((theme, index) => ({
      index,
      kind: (["check-in", "statement", "check-out"] as const)[index] ?? "statement",
      theme,
      secondsPerTurn: 120,
      status: index === 0 ? "done" : index === 1 ? "running" : "waiting",
      round: 1,
      stances: [],
      texts: [],
    })),
    stage: "round",
    stageEndsAt: null,
    wrote: [],
    hands: [],
    unevenness: 20,
    rules: { extension: "keeper", skip: "self" },
    circle: 1,
    ring,
    done: ring.slice(0, speakerAt).filter((id) => !kept.includes(id)),
    returns: kept,
    turn: turn(speaker, 40, now),
    next: ring[speakerAt + 1] ?? kept[0] ?? null,
    nextCircleAt: null,
    startedAt: now - 900_000,
    endedAt: null,
  };
}
