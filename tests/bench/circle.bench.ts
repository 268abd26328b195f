import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Command } from "../../appservice/circle/command.ts";
import { decide } from "../../appservice/circle/decide.ts";
import { evolve, replay } from "../../appservice/circle/evolve.ts";
import { type Meeting, turnOf } from "../../appservice/circle/meeting.ts";
import { id } from "../support/circle/play.ts";
import { openDatabase } from "../../appservice/store/database.ts";
import { Journal } from "../../appservice/journal/journal.ts";
import { Meetings } from "../../appservice/journal/meetings.ts";
import type { Bench } from "./figures.ts";
import { NAMES, planOf, playedThrough, utterancesOf } from "./meetings.ts";
import { recordReplay } from "./record-replay.ts";
import { spokenCommands } from "./spoken-commands.ts";
import { madeActor } from "../support/protocol/made-actor.ts";
import { meetingId, roomId } from "../support/protocol/ids.ts";

const ROUNDS = 5;
const EVENTS = 10_000;
const MEETINGS = 1_000;
const APPENDS = 10_000;

export const bench: Bench = {
  about:
    "the rules of the circle: commands a second, appends to the journal, its replay, that of a record, memory of many meetings; spoken commands told from speech",
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), "mindminder-bench-"));
    try {
      return [
        // The memory first, while nothing else is there to be measured with it.
        { name: "circle.memory_1000_mb", value: memory(folder, say), unit: "MB", goal: 200 },
        { name: "circle.commands_per_s", value: commandsPerSecond(say), unit: "1/s", atLeast: 100_000 },
        { name: "circle.replay_10k_ms", value: replayTime(folder, say), unit: "ms", goal: 200 },
        { name: "circle.journal_appends_per_s", value: appendsPerSecond(folder), unit: "1/s" },
        ...recordReplay(folder, say),
        ...spokenCommands(say),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Whole meetings of seven people and ten circles, as the service decides them. */
function commandsPerSecond(say: (line: string) => void): number {
  const { commands } = playedThrough(10);
  for (let warm = 0; warm < 200; warm++) playAgain(commands);
  const perSecond = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    let done = 0;
    while (performance.now() - began < 1_000) done += playAgain(commands);
    return (done / (performance.now() - began)) * 1_000;
  });
  say(
    `a meeting of ${commands.length} commands, again and again: ${perSecond.map((each) => Math.round(each)).join(", ")} a second`,
  );
  return middle(perSecond);
}

function playAgain(commands: readonly Command[]): number {
  let meeting: Meeting | null = null;
  for (const command of commands) {
    const decision = decide(meeting, command);
    if (decision.accepted) for (const event of decision.events) meeting = evolve(meeting, event);
  }
  return commands.length;
}

/** Replays as at a restart: from the file, checked, and folded. */
function replayTime(folder: string, say: (line: string) => void): number {
  const events = playedThrough(10_000, (count) => count >= EVENTS).events.slice(0, EVENTS);
  const db = openDatabase(join(folder, "replay.db"));
  const journal = new Journal(db);
  journal.append(
    meetingId("mreplay0001"),
    roomId("!room"),
    0,
    events.map((event) => ({ kind: "circle", event })),
    0,
  );
  const [whole, fold]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    const read = journal
      .read(meetingId("mreplay0001"))
      .flatMap((entry) => (entry.kind === "circle" ? [entry.event] : []));
    const readAt = performance.now();
    replay(read);
    whole.push(performance.now() - began);
    fold.push(performance.now() - readAt);
  }
  db.close();
  say(
    `${events.length} events from the database: ${whole.map((each) => Math.round(each)).join(", ")} ms; the fold alone ${Math.round(middle(fold))} ms`,
  );
  return middle(whole);
}

/** Appends the entries of passes, each in a transaction of its own, as the service does; per second. */
function appendsPerSecond(folder: string): number {
  const db = openDatabase(join(folder, "appends.db"));
  const journal = new Journal(db);
  const entries = playedThrough(2)
    .events.slice(-2)
    .map((event) => ({ kind: "circle" as const, event }));
  const began = performance.now();
  for (let pass = 0; pass < APPENDS; pass++)
    journal.append(meetingId("mappends001"), roomId("!room"), pass * entries.length, entries, 0);
  const seconds = (performance.now() - began) / 1000;
  db.close();
  return APPENDS / seconds;
}

/** Each in its second circle, with what was said so far; the database lies on the disk. */
function memory(folder: string, say: (line: string) => void): number {
  const db = openDatabase(join(folder, "memory.db"));
  let clock = 1_000_000;
  const meetings = new Meetings({
    journal: new Journal(db),
    now: () => clock,
    languageOf: () => "en",
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  const before = used();
  const plan = planOf(4);
  for (let room = 0; room < MEETINGS; room++)
    db.transaction(() => {
      const by = (name: string) => ({
        actor: madeActor(id(name)),
        at: (clock += 1_000),
        expectedVersion: null,
      });
      const here = roomId(`!room${room}`);
      for (const name of NAMES) {
        meetings.send(here, { type: "join", name, ...by(name) });
        meetings.send(here, { type: "connected", who: id(name), at: clock });
      }
      // As it comes from a request: each meeting has a plan of its own.
      meetings.send(here, { type: "start", plan: structuredClone(plan), topic: "", seed: room, ...by("ann") });
      for (let turn = 1; turn <= 10; turn++) {
        const { meeting } = meetings.of(here)!;
        for (const utterance of utterancesOf(turn, turnOf(meeting)?.speaker ?? id("ann")))
          meetings.note(meeting.id, { type: "utterance-heard", utterance });
        meetings.send(here, { type: "pass", ...by(NAMES[(turn - 1) % NAMES.length]!) });
      }
    })();
  const megabytes = (used() - before) / 1_000_000;
  meetings.stop();
  db.close();
  say(`${MEETINGS} meetings of ${NAMES.length} people after ten turns: ${Math.round(megabytes)} MB`);
  return megabytes;
}

/** The heap after a thorough collection. */
function used(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}
