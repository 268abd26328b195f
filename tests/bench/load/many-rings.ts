import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { turnOf } from "../../../appservice/circle/meeting.ts";
import { assemblyHandlers } from "../../../appservice/http/assembly-api.ts";
import { meetingFor } from "../../../appservice/http/meeting-response.ts";
import { Assemblies } from "../../../appservice/journal/assemblies.ts";
import { AssemblyJournal } from "../../../appservice/journal/assembly-journal.ts";
import { Journal } from "../../../appservice/journal/journal.ts";
import { Meetings } from "../../../appservice/journal/meetings.ts";
import { RingMeetings } from "../../../appservice/journal/ring-meetings.ts";
import type { AssemblyRequest } from "../../../appservice/assembly/command.ts";
import type { RingPlace } from "../../../appservice/protocol/place.ts";
import { DeviceId } from "../../../appservice/protocol/identity.ts";
import { openDatabase } from "../../../appservice/store/database.ts";
import { SEES_ALL } from "../../../appservice/store/sight.ts";
import { unitOf } from "../../../appservice/store/unit-of-work.ts";
import { monotonic, nextTurn, sleep, wallClock } from "../../../appservice/time/time.ts";
import { people, planned, who } from "../../support/assembly/table.ts";
import { madeActor } from "../../support/protocol/made-actor.ts";
import { roomId } from "../../support/protocol/ids.ts";
import { type Figure, p95 } from "../figures.ts";

const ROOM = roomId("!assembly:hs");
const RINGS = 100;
const PEOPLE = 1_500;
/** Seconds of talk that are measured, and how often the word goes on in each ring meanwhile. */
const TALK_MS = 20_000;
const PASS_MS = 2_000;
/** Pages look at the map so often while it is folded. */
const MAP_MS = 10_000;
/** A row of work is cut into so many pieces a second. */
const TICK_MS = 50;
const PLAN = planned([{ kind: "rings", seconds: 3_600, size: { least: 10, aim: 15, most: 15 } }]);

/** An assembly of 1,500 in signalling alone: placing, passing the word, and as many pages that look, on one core. */
export async function manyRings(say: (line: string) => void): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-"));
  const service = open(join(folder, "service.db"));
  try {
    return await measure(service, say);
  } finally {
    service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Service = ReturnType<typeof open>;

/** The part of the service that keeps an assembly and answers pages about it, on a file as in real use. */
function open(file: string) {
  const db = openDatabase(file);
  const unit = unitOf(db);
  const onUnreadable = (_: unknown, error: unknown) => {
    throw error;
  };
  const now = wallClock;
  const assemblies = new Assemblies({ journal: new AssemblyJournal(db), unit, now, onUnreadable });
  const meetings = new Meetings({
    journal: new Journal(db),
    now,
    languageOf: () => "en",
    seatOf: (room, id) => assemblies.seatOf(room, id),
    onUnreadable,
  });
  const rings = new RingMeetings({ assemblies, meetings, unit, now, seed: () => 3 });
  const handlers = assemblyHandlers({
    assemblies,
    meetings,
    now,
    refusalText: ({ code }) => code,
    voiceAccess: () => Promise.reject(new Error("there is no call")),
    assemblyScenarios: new Map(),
    scenariosOf: async () => ({ all: new Map() }),
    languageOf: () => "en",
    seed: () => 1,
  });
  const asking = (name: string) => ({
    actor: madeActor(who(name), { name }),
    room: ROOM,
    place: meetings.placeFor(ROOM, who(name)),
    sight: SEES_ALL,
    device: DeviceId.parse("device-of-a-tab-"),
  });
  return {
    meetings,
    ask: (name: string, what: AssemblyRequest) =>
      assemblies.send(ROOM, { ...what, actor: madeActor(who(name), { name }), at: now() }),
    gather: () => assemblies.open(ROOM, "en"),
    letBegin: () => assemblies.send(ROOM, { type: "clock", at: now() + 25_000 }),
    look: (name: string) => handlers.assembly({ asking: asking(name), params: {}, body: undefined, reads: () => null }),
    own: (name: string) => meetingFor(asking(name), { meetings, assemblies, now, listening: () => undefined }).meeting,
    ringOf: (name: string) => assemblies.seatOf(ROOM, who(name)),
    stop() {
      assemblies.stop();
      rings.stop();
      meetings.stop();
      db.close();
    },
  };
}

async function measure(service: Service, say: (line: string) => void): Promise<Figure[]> {
  const names = people(PEOPLE);
  service.gather();
  for (const name of names) service.ask(name, { type: "join", name, language: null });
  const began = monotonic();
  const { user, system } = process.threadCpuUsage();
  service.ask("p1", { type: "start", plan: PLAN, topic: "tea", seed: 7 });
  const used = process.threadCpuUsage({ user, system });
  const shown = await untilShown(service, names, began);
  say(`${PEOPLE} people sit in ${new Set(names.map(service.ringOf)).size} rings`);
  service.letBegin();
  const { percent, misplaced } = await talk(service, names);
  return [
    { name: "assembly.1500.start_cpu_ms", value: (used.user + used.system) / 1000, unit: "ms", goal: 20 },
    { name: "assembly.1500.shown_p95_ms", value: p95(shown), unit: "ms", goal: 2_000 },
    { name: "assembly.1500.cpu_percent", value: percent, unit: "%", goal: 100 },
    { name: "assembly.1500.misplaced", value: misplaced, unit: "people", goal: 0 },
  ];
}

/** Milliseconds after which each page is shown the meeting in which its person sits. */
async function untilShown({ own }: Service, names: readonly string[], began: number): Promise<number[]> {
  const waiting = new Set(names);
  const shown: number[] = [];
  while (waiting.size > 0) {
    for (const name of waiting) {
      if (!own(name)?.people.some(({ id }) => id === who(name))) break;
      waiting.delete(name);
      shown.push(monotonic() - began);
    }
    await nextTurn();
  }
  return shown;
}

/**
 * Lets all rings talk for a while, and the pages look: each at its ring after every change, and now and then at the
 * map.
 */
async function talk(service: Service, names: readonly string[]): Promise<{ percent: number; misplaced: number }> {
  const { meetings, look, own } = service;
  const places = Array.from({ length: RINGS }, (_, ring): RingPlace => ({ room: ROOM, ring: ring + 1 }));
  const inRing = Map.groupBy(names, (name) => service.ringOf(name));
  const began = monotonic();
  const before = process.cpuUsage();
  let misplaced = 0;
  for (let tick = 0; monotonic() - began < TALK_MS; tick++) {
    for (const place of shareOf(places, tick, PASS_MS)) {
      pass(meetings, place);
      for (const name of inRing.get(place.ring) ?? []) own(name);
    }
    for (const name of shareOf(names, tick, MAP_MS)) look(name);
    misplaced = Math.max(misplaced, tick % 20 === 0 ? misplacedIn(meetings, places, names) : 0);
    await untilTick(began, tick + 1);
  }
  const { user, system } = process.cpuUsage(before);
  return { percent: (user + system) / 10 / (monotonic() - began), misplaced };
}

function pass(meetings: Meetings, place: RingPlace): void {
  const turn = turnOf(meetings.of(place)?.meeting ?? null);
  if (!turn) return;
  const actor = madeActor(turn.speaker);
  const asked = { actor, at: wallClock(), expectedVersion: null };
  meetings.send(place, turn.status === "offered" ? { type: "accept", ...asked } : { type: "pass", ...asked });
}

/** The part of all that is due in this tick, where each is due once in `everyMs`. */
function shareOf<T>(all: readonly T[], tick: number, everyMs: number): readonly T[] {
  const ticks = everyMs / TICK_MS;
  return all.filter((_, index) => index % ticks === tick % ticks);
}

async function untilTick(began: number, tick: number): Promise<void> {
  await sleep(Math.max(0, began + tick * TICK_MS - monotonic()));
}

/** People who sit in no ring's meeting, or in two. */
function misplacedIn(meetings: Meetings, places: readonly RingPlace[], names: readonly string[]): number {
  const seats = new Map<string, number>();
  for (const place of places)
    for (const { id, presence } of meetings.of(place)?.meeting.people ?? [])
      if (presence !== "left") seats.set(id, (seats.get(id) ?? 0) + 1);
  return names.filter((name) => seats.get(who(name)) !== 1).length;
}
