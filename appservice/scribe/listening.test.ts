import { pino } from "pino";
import { expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { ToScribe } from "../protocol/scribe-messages.ts";
import { Listening, type ListeningDeps } from "./listening.ts";
import { NO_DRAFTS } from "../record/drafts.ts";
import type { RecordEvent } from "../record/event.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import { meetingId, personId } from "../../tests/support/protocol/ids.ts";

const MEETING = meetingId("mtest00001");

/** A disk that is full for a while: what cannot be written is written later. */
class Disk {
  full = false;
  #later: (() => void)[] = [];

  write(change: () => void): void {
    if (this.full) this.#later.push(change);
    else change();
  }

  makeSpace(): void {
    this.full = false;
    for (const change of this.#later.splice(0)) change();
  }
}

/** Makes a table with a listening projection beside it; messages to the scribe are collected. */
function beside(play: Play, erased: { readonly until: number } = { until: 0 }) {
  const record = new Recording();
  const told: ToScribe[] = [];
  const noted: RecordEvent[] = [];
  const disk = new Disk();
  const live = (): LiveMeeting => ({ meeting: play.state, record: record.now, drafts: NO_DRAFTS });
  const meetings: ListeningDeps["meetings"] = {
    of: live,
    all: () => [live()],
    isNewest: () => true,
    bringBack: live,
    noteAsItStands: (_, make, kept) =>
      disk.write(() => {
        const event = make(live());
        if (event) {
          record.add(event);
          noted.push(event);
        }
        kept?.(event);
      }),
  };
  const listening = new Listening({
    meetings,
    tell: (message) => told.push(message),
    callToken: async () => ({ url: "ws://x", token: "t" }),
    languageOf: () => "auto",
    now: () => play.at,
    isErased: ({ speaker }, saidAt) => speaker === personId("@ann:hs") && saidAt <= erased.until,
    log: pino({ level: "silent" }),
  });
  const brief = () =>
    told.map((message) => [
      message.type,
      "turn" in message ? message.turn : "speaker" in message ? message.speaker : null,
    ]);
  return { record, noted, disk, listening, told, brief, project: () => listening.project(live()) };
}

test("listens to the turn that runs, expects the next, and stops at the pass, in this order", async () => {
  const play = new Play().gather("ann", "bob");
  const table = beside(play);
  table.project();
  play.start("ann");
  table.project();
  play.by("ann", "pass");
  table.project();
  await expect
    .poll(() => table.brief())
    .toEqual([
      ["expect", null],
      ["listen", 1],
      ["expect", "@bob:hs"],
      ["stop", 1],
      ["listen", 2],
      ["expect", "@ann:hs"],
    ]);
});

test("a meeting that goes to another shard is handed over by the scribe, and what comes of it later is not written", async () => {
  const play = new Play().gather("ann", "bob");
  const table = beside(play);
  play.start("ann");
  table.project();
  const gone = table.listening.letGo([MEETING]);
  await expect.poll(() => table.told.at(-1)).toEqual({ type: "hand-over", meeting: MEETING });
  table.listening.receive({ type: "drained", meeting: MEETING, turn: 1 });
  table.listening.receive({ type: "handed-over", meeting: MEETING });
  await gone;
  expect(table.record.now.heard.has(1)).toBe(false);
});

test("a meeting that came from another shard is listened to, and the seconds that nobody heard are told", async () => {
  const play = new Play().gather("ann", "bob");
  const table = beside(play);
  play.start("ann");
  const [since, now] = [10_000, 13_000];
  table.listening.comeIn({ meeting: play.state, record: table.record.now, drafts: NO_DRAFTS }, since, now);
  expect(table.told).toEqual([{ type: "take-up", meeting: MEETING }]);
  table.project();
  await expect.poll(() => table.brief()).toContainEqual(["listen", 1]);
  play.by("ann", "pass");
  table.project();
  table.listening.receive({ type: "drained", meeting: MEETING, turn: 1 });
  expect(table.record.now.heard.get(1)).toEqual({ complete: false, unheardSeconds: 3 });
});

test("before the first circle it is in the call and receives nobody", async () => {
  const table = beside(new Play().gather("ann", "bob"));
  table.project();
  await expect
    .poll(() => table.told)
    .toEqual([{ type: "expect", meeting: MEETING, speaker: null, call: expect.anything() }]);
});

test("a turn that ended while nobody listened counts as heard, and as incomplete", () => {
  const play = new Play().gather("ann", "bob").start("ann").by("ann", "pass");
  const table = beside(play);
  table.project();
  expect(table.record.now.heard.get(1)).toBeUndefined();
  table.listening.receive({ type: "backlog", waiting: [] });
  expect(table.record.now.heard.get(1)).toEqual({ complete: false });
});

test("a scribe that stumbles is told of while the turn runs; how much nobody heard is kept with the turn", () => {
  const play = new Play().gather("ann", "bob").start("ann");
  const table = beside(play);
  table.project();
  const of = { meeting: MEETING, turn: 1 };
  for (let times = 0; times < 2; times++) table.listening.receive({ type: "stumbled", ...of });
  expect([...table.record.now.late.toMap().keys()]).toEqual([1]);
  table.listening.receive({ type: "unheard", ...of, seconds: 3 });
  table.listening.receive({ type: "unheard", ...of, seconds: 4 });
  table.listening.receive({ type: "backlog", waiting: [{ ...of, pieces: 1, seconds: 2, late: true }] });
  table.listening.receive({ type: "drained", ...of });
  expect(table.record.now.heard.get(1)).toBeUndefined();
  play.by("ann", "pass");
  table.listening.receive({ type: "backlog", waiting: [] });
  expect(table.record.now.heard.get(1)).toEqual({ complete: false, unheardSeconds: 7 });
});

test("utterances go on counting where the turn left off, also after the scribe began anew", () => {
  const play = new Play().gather("ann", "bob").start("ann");
  const table = beside(play);
  table.project();
  const final = {
    type: "final",
    meeting: MEETING,
    turn: 1,
    speaker: personId("@ann:hs"),
    piece: 1,
    startedAt: 1,
    endedAt: 2,
    language: "en",
    engine: { id: "e", model: "m" },
  } as const;
  table.listening.receive({ ...final, text: "One." });
  table.listening.receive({ ...final, startedAt: 2, text: "Two." });
  expect(table.record.now.utterances.map(({ id, text }) => [id, text])).toEqual([
    ["1.1", "One."],
    ["1.2", "Two."],
  ]);
  table.listening.receive({ type: "drained", meeting: MEETING, turn: 1 });
  expect(table.record.now.heard.get(1)).toEqual({ complete: true });
});

test("leaves the call once the meeting is over and all is heard", async () => {
  const play = new Play().gather("ann").start("ann", council({ circles: [{ theme: "x", kind: "statement" }] }));
  const table = beside(play);
  table.project();
  play.by("ann", "pass");
  table.project();
  expect(table.brief()).not.toContainEqual(["leave", null]);
  table.listening.receive({ type: "drained", meeting: MEETING, turn: 1 });
  table.project();
  await expect.poll(() => table.brief().at(-1)).toEqual(["leave", null]);
});

const piece = {
  meeting: MEETING,
  turn: 1,
  speaker: personId("@ann:hs"),
  piece: 1,
  endedAt: 9,
  language: "en",
  engine: { id: "e", model: "m" },
} as const;
const waiting = { meeting: MEETING, turn: 1, pieces: 1, seconds: 3, late: true };

test("a turn of which some waits on the disk is heard only when that has come, and its text stands where it was said", () => {
  const play = new Play().gather("ann", "bob").start("ann");
  const table = beside(play);
  table.project();
  table.listening.receive({ type: "backlog", waiting: [waiting] });
  table.listening.receive({ type: "final", ...piece, startedAt: 5, text: "Later." });
  play.by("ann", "pass");
  table.project();
  table.listening.receive({ type: "drained", meeting: MEETING, turn: 1 });
  expect([table.record.now.heard.has(1), table.record.now.late.has(1)]).toEqual([false, true]);
  table.listening.receive({ type: "late", ...piece, startedAt: 1, text: "Earlier." });
  table.listening.receive({ type: "backlog", waiting: [] });
  expect(table.record.now.utterances.map(({ id, text }) => [id, text])).toEqual([
    ["1.2", "Earlier."],
    ["1.1", "Later."],
  ]);
  expect(table.record.now.heard.get(1)).toEqual({ complete: true });
});

test("after a restart of the service, what waits on the disk is not given up, nor written down twice", async () => {
  const play = new Play().gather("ann", "bob").start("ann").by("ann", "pass");
  const table = beside(play);
  table.listening.receive({ type: "backlog", waiting: [waiting] });
  table.project();
  expect([table.record.now.heard.has(1), table.record.now.late.has(1)]).toEqual([false, true]);
  for (let time = 0; time < 2; time++)
    table.listening.receive({ type: "late", ...piece, startedAt: 1, text: "Saved." });
  table.listening.receive({ type: "backlog", waiting: [] });
  expect(table.record.now.utterances.map(({ text }) => text)).toEqual(["Saved."]);
  expect(table.record.now.heard.get(1)).toEqual({ complete: true });
  expect(table.told.filter(({ type }) => type === "kept")).toHaveLength(2);
});

test("what will never be text leaves the turn incomplete", () => {
  const play = new Play().gather("ann", "bob").start("ann").by("ann", "pass");
  const table = beside(play);
  table.listening.receive({ type: "backlog", waiting: [waiting] });
  table.project();
  table.listening.receive({ type: "lost", meeting: MEETING, turn: 1 });
  table.listening.receive({ type: "backlog", waiting: [] });
  expect(table.record.now.heard.get(1)).toEqual({ complete: false });
});

const SHOWN = { wording: 1, items: [{ what: "speech" as const, outside: null }] };

test("it listens to nobody who has not agreed, begins when they do in mid-turn, and stops when they withdraw", async () => {
  const play = new Play().gather("ann", "bob");
  play.send({ type: "ask-agreement", asks: SHOWN, at: play.at });
  play.start("ann");
  const table = beside(play);
  table.project();
  await expect.poll(() => table.brief()).toEqual([["expect", null]]);
  play.ask("ann", { type: "agree", agreed: true, shown: SHOWN });
  table.project();
  await expect.poll(() => table.brief().at(-1)).toEqual(["listen", 1]);
  play.ask("ann", { type: "agree", agreed: false, shown: SHOWN });
  table.project();
  await expect.poll(() => table.brief().at(-1)).toEqual(["stop", 1]);
  table.listening.receive({ type: "drained", meeting: MEETING, turn: 1 });
  expect(table.record.now.heard.has(1)).toBe(false);
  play.ask("ann", { type: "agree", agreed: true, shown: SHOWN });
  table.project();
  await expect.poll(() => table.brief().at(-1)).toEqual(["listen", 1]);
});

test("taken back in mid-turn: what was said until then stands, also what was still on its way, and nothing said after it", () => {
  const play = new Play().gather("ann", "bob");
  play.send({ type: "ask-agreement", asks: SHOWN, at: play.at }).start("ann");
  play.ask("ann", { type: "agree", agreed: true, shown: SHOWN });
  const table = beside(play);
  table.project();
  const said = (startedAt: number, text: string) =>
    table.listening.receive({
      type: "final",
      meeting: MEETING,
      turn: 1,
      piece: 1,
      speaker: personId("@ann:hs"),
      startedAt,
      endedAt: startedAt + 900,
      language: "en",
      text,
      engine: { id: "e", model: "m" },
    });
  const begun = play.at;
  said(begun, "with a yes");
  play.wait(5).ask("ann", { type: "agree", agreed: false, shown: SHOWN });
  table.project();
  said(begun + 1_000, "with a yes, and slow");
  said(play.at + 10, "without one");
  expect(table.record.now.utterances.map(({ text }) => text)).toEqual(["with a yes", "with a yes, and slow"]);
  expect(table.told, "its sound is not kept either").toContainEqual(
    expect.objectContaining({ type: "kept", startedAt: play.at + 10, keepAs: null }),
  );
});

test("what is said twice while nothing can be written stands once, and the scribe keeps it until then", () => {
  const play = new Play().gather("ann", "bob").start("ann");
  const table = beside(play);
  const final = { ...piece, type: "final" } as const;
  const one = { ...final, startedAt: 1, text: "One." };
  table.disk.full = true;
  for (const said of [one, one, { ...final, startedAt: 2, text: "Two." }]) table.listening.receive(said);
  table.listening.receive({ type: "failed", meeting: MEETING, turn: 1, code: "engine", error: "broken" });
  play.by("ann", "pass");
  for (let times = 0; times < 2; times++) table.listening.receive({ type: "drained", meeting: MEETING, turn: 1 });
  expect(table.told.filter(({ type }) => type === "kept")).toEqual([]);
  table.disk.makeSpace();
  expect(table.record.now.utterances.map(({ id, text }) => [id, text])).toEqual([
    ["1.1", "One."],
    ["1.2", "Two."],
  ]);
  expect(table.told.filter(({ type }) => type === "kept")).toHaveLength(3);
  expect(table.record.now.heard.get(1)).toEqual({ complete: false });
});

test("a scribe that is sent away stops, leaves the call and comes back when it is asked to; the turn without it is complete", async () => {
  const play = new Play().gather("ann", "bob").start("ann");
  const table = beside(play);
  table.project();
  await expect.poll(() => table.brief()).toContainEqual(["listen", 1]);
  table.told.length = 0;

  play.wait(1).ask("bob", { type: "send-scribe-away" });
  table.project();
  await expect
    .poll(() => table.brief())
    .toEqual([
      ["stop", 1],
      ["leave", null],
    ]);
  table.listening.receive({ type: "drained", meeting: MEETING, turn: 1 });
  table.listening.moved(play.state.roomId);
  table.listening.rekeyed(play.state.roomId);
  table.told.length = 0;
  play.by("ann", "pass");
  table.project();
  await Promise.resolve();
  expect(table.told, "nothing is told to a scribe that is away").toEqual([]);

  play.wait(1).ask("bob", { type: "ask-scribe-back" });
  table.project();
  await expect.poll(() => table.brief()).toContainEqual(["listen", 2]);
  expect(table.brief()).toContainEqual(["expect", expect.anything()]);
});

test("a call's new key is given to the scribe that is in it", async () => {
  const play = new Play().gather("ann", "bob").start("ann");
  const table = beside(play);
  table.listening.rekeyed(play.state.roomId);
  table.project();
  table.listening.rekeyed(play.state.roomId);
  await expect.poll(() => table.told.map(({ type }) => type)).toContain("keys");
  expect(table.told.filter(({ type }) => type === "keys")).toHaveLength(1);
});

test("erased in mid-turn: what the speaker said until then is never written, what they say after it is", () => {
  const play = new Play().gather("ann", "bob").start("ann");
  const table = beside(play, { until: play.at + 500 });
  table.project();
  const said = (startedAt: number, text: string, type: "final" | "late" = "final") =>
    table.listening.receive({
      type,
      meeting: MEETING,
      turn: 1,
      piece: 1,
      speaker: personId("@ann:hs"),
      startedAt,
      endedAt: startedAt + 1_000,
      language: "en",
      text,
      engine: { id: "e", model: "m" },
    });
  said(play.at, "a walrus");
  said(play.at + 500, "which waited on the disk", "late");
  expect(table.record.now.utterances.toArray()).toEqual([]);
  expect(table.told, "the scribe forgets them").toContainEqual(
    expect.objectContaining({ type: "kept", startedAt: play.at + 500, keepAs: null }),
  );
  said(play.at + 2_000, "an ocelot");
  expect(table.record.now.utterances.map(({ text }) => text)).toEqual(["an ocelot"]);
});

test("it is noted how soon after it was said a text was there, but not of one that came late", () => {
  const play = new Play().gather("ann").start("ann", council());
  const table = beside(play);
  table.project();
  const said = (startedAt: number, type: "final" | "late") =>
    table.listening.receive({
      type,
      meeting: MEETING,
      turn: 1,
      speaker: personId("@ann:hs"),
      piece: 1,
      startedAt,
      endedAt: startedAt + 100,
      language: "en",
      text: "Words.",
      engine: { id: "e", model: "m" },
    });
  said(play.at - 900, "final");
  said(play.at - 500, "late");
  said(play.at + 50, "final");
  const delays = table.noted.map((event) => event.type === "utterance-heard" && event.afterMs);
  expect(delays).toEqual([800, undefined, 0]);
});

test("the scribe is told by which name its captions show the speaker, wherever they sit when these come", async () => {
  const play = new Play().gather("ann", "bob").start("ann");
  const table = beside(play);
  table.project();
  await expect.poll(() => table.told).toContainEqual(expect.objectContaining({ type: "listen", name: "ann" }));
});
