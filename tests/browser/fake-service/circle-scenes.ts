import type { CircleSnapshot, MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { type Change, turn } from "./change.ts";
import { idOf, ME } from "./people.ts";

export const MY_TEXT = "A tap by the lower beds\nTwo people a day, never one alone";

const LONG = "Everybody waters where they pass by anyway, and a board at the gate says what is done. "
  .repeat(14)
  .trim();
const TEXTS = [
  "Общий график на двери сарая, и чтобы в нём можно было меняться без созвонов.",
  LONG,
  MY_TEXT,
  "ein-sehr-langes-wort-ohne-ende-".repeat(8),
  "Rain barrels.",
];

const meOf = (meeting: MeetingSnapshot) => ME(meeting.people.length);
const speakerOf = (meeting: MeetingSnapshot) => meeting.turn?.speaker ?? idOf(0);
const hand = (index: number, kind: "clarify" | "reply" | "point-of-order") => ({ who: idOf(index), hand: kind });

function running(meeting: MeetingSnapshot, change: Partial<CircleSnapshot>): CircleSnapshot[] {
  return meeting.circles.map((circle) => (circle.index === meeting.circle ? { ...circle, ...change } : circle));
}

/** The steps of a decision by consent, the second time round after somebody objected. */
function decision(stances: CircleSnapshot["stances"]): Partial<MeetingSnapshot> {
  const of = (
    index: number,
    kind: CircleSnapshot["kind"],
    status: CircleSnapshot["status"],
    more: Partial<CircleSnapshot> = {},
  ): CircleSnapshot => ({
    index,
    kind,
    status,
    theme: "",
    secondsPerTurn: 60,
    round: 1,
    stances: [],
    texts: [],
    ...more,
  });
  const objection = { who: idOf(3), position: "object" as const, reason: "Nobody can water on Saturdays." };
  return {
    scenario: { id: "consent-decision", title: "Decision by consent" },
    topic: "Two of us water each day, by a list at the gate",
    circle: 6,
    keeper: idOf(1),
    circles: [
      of(0, "statement", "done", { theme: "The keeper presents the proposal.", speakers: "keeper" }),
      of(1, "clarify", "done", { theme: "What do you still need to know?" }),
      of(2, "reactions", "done", { theme: "What does it stir in you?" }),
      of(3, "open-floor", "done", { theme: "How do we take in what was said?" }),
      of(4, "consent", "done", {
        theme: "Good enough for now?",
        stances: [objection, { who: idOf(0), position: "consent", reason: "" }],
      }),
      of(5, "open-floor", "done", { theme: "How do we take in what was said?", round: 2 }),
      of(6, "consent", "running", {
        theme:
          "Is the proposal good enough for now and safe enough to try? Consent, or object and say what harm you see.",
        round: 2,
        stances,
      }),
      of(7, "statement", "waiting", { theme: "The keeper announces what has been decided.", speakers: "keeper" }),
    ],
  };
}

const STANCES: CircleSnapshot["stances"] = [
  { who: idOf(0), position: "consent", reason: "" },
  {
    who: idOf(3),
    position: "object",
    reason:
      "По субботам поливать всё ещё некому, а в июне без воды за два дня всё сгорит; нужен хотя бы один запасной человек.",
  },
  { who: idOf(1), position: "consent", reason: "" },
];

/** Scenes of the kinds of circle, and of events in them. */
export const CIRCLE_SCENES: Record<string, Change> = {
  consent: () => decision(STANCES),
  "consent-mine": (meeting) =>
    decision([
      ...STANCES,
      { who: meOf(meeting), position: "object", reason: "The pipe leaks; first the pipe, then the list." },
    ]),
  writing: (meeting, now) => ({
    turn: null,
    next: null,
    done: [],
    returns: [],
    stage: "writing",
    stageBeganAt: now - 100_000,
    stageEndsAt: now + 200_000,
    wrote: [idOf(0), idOf(3)],
    circles: running(meeting, { kind: "silent-writing" }),
  }),
  wrote: (meeting, now) => ({
    turn: null,
    next: null,
    done: [],
    returns: [],
    stage: "writing",
    stageBeganAt: now - 280_000,
    stageEndsAt: now + 20_000,
    wrote: [idOf(0), idOf(3), meOf(meeting)],
    circles: running(meeting, { kind: "silent-writing" }),
  }),
  texts: (meeting) => ({
    circles: running(meeting, {
      kind: "silent-writing",
      texts: TEXTS.map((text, index) => ({ who: idOf(index), text })),
    }),
  }),
  floor: (meeting, now) => ({
    turn: { ...turn(idOf(1), 20, now), hand: "reply" },
    next: idOf(4),
    ring: meeting.ring,
    done: [],
    returns: [],
    stage: "floor",
    stageBeganAt: now - 60_000,
    stageEndsAt: now + 240_000,
    circles: running(meeting, { kind: "open-floor" }),
    hands: [hand(4, "point-of-order"), hand(0, "clarify"), { who: meOf(meeting), hand: "reply" }],
  }),
  "floor-quiet": (meeting, now) => ({
    turn: null,
    next: null,
    done: [],
    returns: [],
    stage: "floor",
    stageBeganAt: now - 60_000,
    stageEndsAt: now + 240_000,
    circles: running(meeting, { kind: "open-floor" }),
  }),
  "keeper-floor": (meeting, now) => ({
    turn: { ...turn(idOf(1), 20, now), hand: "reply" },
    next: idOf(4),
    done: [],
    returns: [],
    stage: "floor",
    stageBeganAt: now - 60_000,
    stageEndsAt: now + 240_000,
    circles: running(meeting, { kind: "open-floor" }),
    hands: [hand(4, "point-of-order"), hand(0, "clarify"), hand(5, "reply")],
  }),
  "hands-waiting": (meeting) => ({ hands: [hand(4, "clarify"), { who: meOf(meeting), hand: "reply" }] }),
  extension: (meeting, now) => ({
    rules: { extension: "ring", skip: "self" },
    turn: {
      ...turn(speakerOf(meeting), 100, now),
      wantsMore: true,
      extension: { asked: [idOf(4), idOf(5)], needed: 4 },
    },
  }),
  "kept-for-me": (meeting) => ({ returns: [meOf(meeting)], done: meeting.done.filter((id) => id !== meOf(meeting)) }),
  "nobody-cut-off": (meeting, now) => ({ turn: { ...turn(speakerOf(meeting), 130, now), graceEndsAt: null } }),
  decided: (_, now) => ({
    ...decision(STANCES.map((stance) => ({ ...stance, position: "consent" as const, reason: "" }))),
    phase: "ended",
    turn: null,
    next: null,
    returns: [],
    endedAt: now,
    circles: (
      decision(STANCES.map((stance) => ({ ...stance, position: "consent" as const, reason: "" }))).circles ?? []
    ).map((circle) => ({
      ...circle,
      status: "done" as const,
      ...(circle.index === 2 && {
        kind: "silent-writing" as const,
        texts: TEXTS.map((text, index) => ({ who: idOf(index), text })),
      }),
    })),
  }),
};
