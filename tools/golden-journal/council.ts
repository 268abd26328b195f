import { courseOf } from "../../appservice/circle/course.ts";
import type { CircleEvent } from "../../appservice/circle/event.ts";
import { evolve, replay } from "../../appservice/circle/evolve.ts";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { slim } from "../../appservice/circle/slim.ts";
import { snapshotOf } from "../../appservice/circle/snapshot.ts";
import type { Shown } from "../../appservice/protocol/agreement.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";

const ASKS: Shown = {
  wording: 1,
  items: [{ what: "speech", outside: null }, { what: "minutes", outside: "a language model" }, { what: "comments" }],
};

const BOTH = { en: "What of {topic}?", ru: "Что с {topic}?" };

const PLAN = council({
  title: { en: "Council", ru: "Совет" },
  hands: "quietest-first",
  plugins: ["tasks", "decisions"],
  circles: [
    { id: "say", theme: BOTH, accept: "by-next", extension: "ring", skip: "anyone", order: { listed: ["Ann", "Bob"] } },
    { theme: "Write", kind: "silent-writing", circleSeconds: 60 },
    { theme: "Which first", kind: "dot-vote", speakers: "keeper", circleSeconds: 60 },
    { theme: "Talk", kind: "open-floor", circleSeconds: 120 },
    { theme: "Agree?", kind: "consent", repeat: { until: "nobody-objects", from: "say", atMost: 1 } },
    { theme: "Told", speakers: "keeper", timeout: "wait" },
  ],
});

/**
 * A meeting in which whatever may happen in a circle happens at least once. Its times are fixed: it is the same each
 * time.
 */
export function eventfulMeeting(): Play {
  const table = new Play();
  table.send({
    type: "gather",
    id: meetingId("mgolden0001"),
    roomId: roomId("!room"),
    language: "en",
    asks: ASKS,
    at: table.at,
  });
  gather(table);
  speakInTurn(table);
  writeInSilence(table);
  giveDots(table);
  talkOpenly(table);
  takePositions(table);
  const takesBack = { type: "words-taken-back", at: table.at, by: id("bob"), message: "$why" } as const;
  const erased = { type: "words-erased", at: table.at, who: id("eve") } as const;
  for (const event of [takesBack, erased]) {
    table.journal.push(event);
    table.meeting = evolve(table.meeting, event);
  }
  return table.by("bob", "end");
}

function gather(table: Play): void {
  for (const name of ["ann", "bob"])
    table.ask(name, { type: "join", name, agreement: { agreed: true, shown: ASKS } }).connect(name);
  table.ask("eve", { type: "join", name: "eve" });
  table.ask("dan", { type: "seek-agreement", name: "dan", message: "$typed" }).join("dan").by("dan", "leave");
  table.send({ type: "renamed", who: id("eve"), name: "Eve", at: table.at });
  table.send({ ...by("ann", table), type: "start", plan: PLAN, topic: "tea", seed: 7, message: "$start" });
}

function speakInTurn(table: Play): void {
  table.wait(2).by("ann", "accept");
  table.ask("bob", { type: "send-scribe-away" }).wait(1).ask("ann", { type: "ask-scribe-back" });
  table.wait(49).extend("bob", 30_000).extend("eve", 30_000).wait(40);
  table
    .send({ ...by("ann", table, "speech"), type: "pass" })
    .wait(3)
    .by("bob", "accept");
  table
    .wait(5)
    .extend("bob", 30_000)
    .drop("bob")
    .wait(2)
    .connect("bob")
    .wait(1)
    .by("ann", "pause")
    .wait(5)
    .by("ann", "resume");
  table.wait(1).by("bob", "skip").wait(1).send({ type: "call-lost", at: table.at });
  table.wait(1).send({ type: "call-back", at: table.at }).by("eve", "accept").join("dan");
  table.ask("ann", { type: "more-time", byMs: 30_000 }).ask("ann", { type: "give-turn", to: id("ann") });
  table.raise("ann").by("ann", "lower-hand").raise("bob", "point-of-order").wait(1).by("eve", "pass");
  table.wait(1).ask("ann", { type: "end-circle" }).wait(1).by("bob", "pass");
  table.ask("ann", { type: "take-out", who: id("dan") });
  table.ask("ann", { type: "reorder", order: [id("eve"), id("bob")] }).ask("ann", { type: "draw-order", seed: 3 });
  table.send({ ...by("ann", table), type: "set-theme", theme: "Write it down", circle: null, message: "$theme" });
  table.wait(20);
}

function writeInSilence(table: Play): void {
  table.write("ann", "milk", false);
  table.send({ ...by("bob", table), type: "write", text: "sugar", finished: true, message: "$text" }).wait(61);
  while (table.word !== null) table.wait(3).by("mod", "pass");
  table.wait(11);
}

function giveDots(table: Play): void {
  table.send({ ...by("ann", table), type: "group-texts", texts: [1, 2], name: "Groceries", message: "$name" });
  table.by("ann", "pass").ask("bob", { type: "give-dots", on: [1, 2, 1] });
  table.wait(61).wait(11);
}

function talkOpenly(table: Play): void {
  table.raise("bob").wait(5).by("bob", "pass").raise("eve", "clarify").raise("ann").wait(1).by("eve", "leave");
  table.handOver("ann", "bob").by("ann", "pass").by("bob", "next-circle").wait(11);
}

function takePositions(table: Play): void {
  table.position("ann", "consent");
  table.send({ ...by("bob", table), type: "take-position", position: "object", reason: "too hot", message: "$why" });
  table.raise("ann").wait(70).wait(70).wait(11);
}

function by(name: string, { at }: Play, door: "chat" | "speech" = "chat") {
  return { actor: madeActor(id(name), { door }), at, expectedVersion: null } as const;
}

/** One that ran already when the service began to ask whether words may be written down. */
export function askedLater(): CircleEvent[] {
  const table = new Play();
  table.send({ type: "gather", id: meetingId("mgolden0021"), roomId: roomId("!room"), language: "ru", at: table.at });
  table.join("ann").join("bob").start("ann").send({ type: "ask-agreement", asks: ASKS, at: table.at });
  const since = table.at;
  return table.send({ type: "service-returned", since, at: since + 30_000 }).journal;
}

/** A ring of an assembly: its topic and theme are words of others than of whoever began it. */
export function quoting(): CircleEvent[] {
  const table = new Play();
  table.send({ type: "gather", id: meetingId("mgolden0041"), roomId: roomId("!room"), language: "en", at: table.at });
  const from = { at: table.at, actor: madeActor(id("ann")), expectedVersion: null };
  const quotes = [{ by: id("bob"), words: "Fresh bread" }];
  return table
    .join("ann")
    .join("bob")
    .send({ type: "start", plan: council(), topic: "Fresh bread", seed: 7, quotes, ...from }).journal;
}

/**
 * Events that take the meeting up from a room's state, at several moments: after a loss, a journal begins with one of
 * these.
 */
export function takenUp(events: readonly CircleEvent[]): Extract<CircleEvent, { type: "meeting-taken-up" }>[] {
  const moments = [
    "meeting-started",
    "turn-extended",
    "person-dropped",
    "turn-given",
    "theme-set",
    "texts-shown",
    "dots-given",
  ];
  const lengths = [
    ...moments.map((type) => events.findIndex((event) => event.type === type)),
    events.findIndex((event) => event.type === "meeting-resumed" && event.by === null),
    events.findIndex((event) => event.type === "hand-lowered" && event.reason === "self"),
    events.length,
    events.findIndex((event) => event.type === "scribe-asked-back"),
  ];
  return lengths.map((length, n) => {
    const meeting = replay(events.slice(0, length));
    if (!meeting) throw new Error("nothing had happened by then");
    const id = meetingId(`mgolden${String(n + 2).padStart(4, "0")}`);
    return {
      type: "meeting-taken-up",
      at: meeting.at + 60_000,
      snapshot: slim(snapshotOf({ ...meeting, id }, meeting.at)),
      course: courseOf({ ...meeting, id }),
    };
  });
}
