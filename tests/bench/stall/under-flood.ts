import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { openDatabase } from "../../../appservice/store/database.ts";
import { Journal } from "../../../appservice/journal/journal.ts";
import { longMeeting } from "../../support/long-meeting/long-meeting.ts";
import { Rogue } from "../../support/rogue/rogue.ts";
import { roomWithBot } from "../../support/stack/room-with-bot.ts";
import { ServiceMeeting } from "../../support/stack/service-meeting.ts";
import { WidgetPerson } from "../../support/stack/widget-person.ts";
import { Caller } from "../../support/call/caller.ts";
import { percentile } from "../figures.ts";
import { flood } from "./flood.ts";
import type { RoomId } from "../../../appservice/protocol/identity.ts";
import { meetingId, roomId } from "../../support/protocol/ids.ts";

export type UnderFlood = {
  /** Milliseconds for which the longest heard rogue was heard. */
  readonly rogueMs: number;
  /** The honest speaker, so that the ear is known to be no deaf one. */
  readonly speakerMs: number;
  readonly loopP99Ms: number;
  /** Turns of the loop of more than 100 ms that were the service's own work. */
  readonly stalls: number;
  readonly healthMs: { readonly p95: number; readonly most: number };
  readonly knocks: ReadonlyMap<string, number>;
};

type Options = {
  readonly dir: string;
  readonly rogues: number;
  readonly pastMeetings: number;
  readonly say: (line: string) => void;
};

/** The flood is to be under way at each try, and what came of one to be over before the next. */
const BEFORE_A_TRY_MS = 1_500;
const AFTER_A_TRY_MS = 1_500;

/**
 * One meeting goes on; all doors of another room are knocked at without end; and one after another somebody speaks out
 * of turn.
 */
export async function underFlood({ dir, rogues, pastMeetings, say }: Options): Promise<UnderFlood> {
  const names = ["Ann", "Bob", ...Array.from({ length: rogues }, (_, i) => `Rogue ${i}`)];
  const meeting = await ServiceMeeting.open({
    dir,
    people: names,
    circles: 1,
    betweenSeconds: 0,
    config: { speech: { engine: "off" } },
  });
  const {
    service,
    people: [ann, bob, ...others],
  } = meeting;
  if (!ann || !bob) throw new Error("a meeting needs people");
  const elsewhere = await roomWithBot(service, bob.matrix);
  const past = await withPast(meeting, roomId(elsewhere), pastMeetings);
  const widget = await WidgetPerson.open(service.url, elsewhere, bob.matrix);
  await widget.joinCircle();
  await widget.command({ type: "start", scenario: "bench" });

  await ann.widget.joinCircle();
  await meeting.start();
  const listener = await Caller.join(await bob.widget.call());
  const speaker = await Caller.join({ ...(await ann.widget.call()), ears: false, subscribes: false });
  const spoken = listener.ear(ann.matrix.userId).heard();
  await speaker.publish({ muted: true });
  await spoken;

  const ending = new AbortController();
  await figuresOf(service.url); // begins the measure anew
  const knocking = flood({ service, room: elsewhere, by: bob.matrix, widget, past }, ending.signal);
  const looking = healthUntil(service.url, ending.signal);
  const before = listener.ear(ann.matrix.userId).heardMs;
  let rogueMs = 0;
  for (const { matrix, widget: theirs } of others) {
    const rogue = await Rogue.enter(matrix.userId, () => theirs.call());
    await wait(BEFORE_A_TRY_MS);
    rogue.unmute();
    await wait(AFTER_A_TRY_MS);
    const { heardMs } = listener.ear(matrix.userId);
    say(`a rogue was heard for ${heardMs} ms`);
    rogueMs = Math.max(rogueMs, heardMs);
    await rogue.leave();
  }
  const speakerMs = listener.ear(ann.matrix.userId).heardMs - before;
  ending.abort();
  const [knocks, health] = [await knocking, await looking];
  const { loopP99Ms, stalls } = await figuresOf(service.url);
  await Promise.all([listener.leave(), speaker.leave()]);
  await meeting.close();
  return {
    rogueMs,
    speakerMs,
    loopP99Ms,
    stalls,
    knocks,
    healthMs: { p95: percentile(health, 0.95), most: Math.max(...health) },
  };
}

/** Long meetings that the room has had; written where the service finds them at its next start. */
async function withPast({ service }: ServiceMeeting, room: RoomId, count: number): Promise<string[]> {
  await service.stopService();
  const db = openDatabase(join(service.dir, "mindminder.db"));
  const { entries } = longMeeting({ comments: 300 });
  const ids = Array.from({ length: count }, (_, i) => `mpast${String(i).padStart(6, "0")}`);
  for (const [i, id] of ids.entries())
    new Journal(db).append(
      meetingId(id),
      room,
      0,
      entries.map((entry) => ofMeeting(entry, id, room)),
      i + 1,
    );
  db.close();
  await service.startService();
  return ids;
}

function ofMeeting<Entry extends { readonly event: object }>(entry: Entry, id: string, roomId: string): Entry {
  return "id" in entry.event && "roomId" in entry.event ? { ...entry, event: { ...entry.event, id, roomId } } : entry;
}

function healthUntil(url: string, signal: AbortSignal): Promise<number[]> {
  const looking = new Worker(new URL("./looks-at-health.ts", import.meta.url), { workerData: url });
  signal.addEventListener("abort", () => looking.postMessage("enough"), { once: true });
  return new Promise((resolve, reject) => looking.once("message", resolve).once("error", reject));
}

async function figuresOf(url: string): Promise<Pick<UnderFlood, "loopP99Ms" | "stalls">> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const figure = (name: string) =>
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.split(" ")
      .at(-1) ?? "0";
  return {
    loopP99Ms: Number(figure("mindminder_nodejs_eventloop_lag_p99_seconds")) * 1_000,
    stalls: Number(figure('mindminder_stalls_total{cause="work"}')),
  };
}
