import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type ParticipantInfo, RoomServiceClient } from "livekit-server-sdk";
import { type Figure, p50, p95 } from "../figures.ts";
import { Crowd, type Page } from "./crowd.ts";
import { watchUsage } from "./process-usage.ts";

const PEOPLE = 105;
const PASS_EVERY_MS = 5_000;
const TALK_MS = 20_000;
const LOOK_MS = 1_000;
const CORES = 2;
const RING = { kind: "rings", seconds: 3_600, size: { least: 7, most: 7 }, delegate: "lot" };
const PHASES = [RING, { kind: "delegates", seconds: 3_600 }, { ...RING, company: "new" }];

/** An assembly of 105 who are all in the call: into rings, to the delegates, into rings of new company. */
export async function realRings(say: (line: string) => void): Promise<Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), "mindminder-assembly-"));
  const crowd = await Crowd.open(dir, PEOPLE, PHASES);
  const calls = watchCalls(crowd);
  try {
    const { service, callers } = crowd;
    const ours = { service: service.pid, livekit: service.livekit.pid, synapse: service.synapse.pid };
    const used = watchUsage({ ...ours, callers: callers.pid });
    const moves: Move[] = [];
    for (const [part, bring] of PARTS) {
      const work = watchUsage({ ...ours, callers: callers.pid });
      const { began, pages, wanted } = await crowd.moved(() => bring(crowd));
      const worked = Object.entries(work()).map(([name, { cpuPercent }]) => [name, cpuPercent] as const);
      const seconds = (Date.now() - began) / 1000;
      const move = measured(began, pages, wanted);
      moves.push(move);
      say(`${part}, ${pages.length} moved, p50/p95: ${line(move)}; load of the machine ${loadavg()[0]?.toFixed(1)}`);
      say(
        `  processor time: ${worked.map(([name, percent]) => `${name} ${((percent / 100) * seconds).toFixed(1)} s`).join(", ")}`,
      );
      await talk(crowd);
    }
    const usage = used();
    for (const [name, { cpuPercent, memoryMb }] of Object.entries(usage))
      say(`  ${name}: ${cpuPercent.toFixed(0)} % of a core, ${memoryMb.toFixed(0)} MB`);
    const cpu = Object.keys(ours).reduce((sum, name) => sum + (usage[name]?.cpuPercent ?? 0), 0) / CORES;
    const misplaced = calls.most();
    if (crowd.lost.length > 0) say(`on the way: ${crowd.lost.join("; ")}`);
    const all = (what: keyof Move) => p95(moves.flatMap((move) => move[what]));
    return [
      { name: "assembly.move_p95_ms", value: all("heard"), unit: "ms", goal: 2_000 },
      { name: "assembly.shown_p95_ms", value: all("shown"), unit: "ms", goal: 1_000 },
      { name: "assembly.cpu_percent", value: cpu, unit: "% of two cores", goal: 70 },
      { name: "assembly.misplaced", value: misplaced, unit: "people", goal: 0 },
    ];
  } finally {
    await calls.stop();
    const sound = await crowd.close();
    say(`sound: ${sound.received} packets received, ${sound.lost} missing`);
    await rm(dir, { recursive: true, force: true });
  }
}

const PARTS: readonly (readonly [string, (crowd: Crowd) => Promise<unknown>])[] = [
  ["into rings", ({ keeper, room }) => keeper.command(room, "!circle assembly start crowd tea")],
  ["to the delegates", (crowd) => crowd.goOn()],
  ["into rings of new company", (crowd) => crowd.goOn()],
];

/** Milliseconds from the click that brought the move about. */
type Move = {
  readonly shown: readonly number[];
  readonly joined: readonly number[];
  readonly heard: readonly number[];
};

/** People of those `wanted` who heard nobody count with the time for which that was waited for. */
function measured(began: number, pages: readonly Page[], wanted: number): Move {
  const after = (at: number | null) => (at === null ? [] : [at - began]);
  const heard = pages.flatMap((page) => after(page.heard));
  const missing = Math.max(0, wanted - heard.length);
  return {
    shown: pages.flatMap(({ shown }) => after(shown)),
    joined: pages.flatMap(({ joined }) => after(joined)),
    heard: [...heard, ...Array.from({ length: missing }, () => Date.now() - began)],
  };
}

function line(move: Move): string {
  const both = (what: keyof Move) =>
    `${what} ${p50(move[what]).toFixed(0)}/${p95(move[what]).toFixed(0)} ms (${move[what].length})`;
  return [both("shown"), both("joined"), both("heard")].join(", ");
}

/** The word goes on in each ring every so often, evenly spread. */
async function talk({ pages }: Crowd): Promise<void> {
  const rings = Map.groupBy(pages.values(), ({ meeting }) => meeting);
  const until = Date.now() + TALK_MS;
  await Promise.all(
    [...rings.values()].map(async (ring, index) => {
      await wait((index / rings.size) * PASS_EVERY_MS);
      for (; Date.now() < until; await wait(PASS_EVERY_MS)) await pass(ring);
    }),
  );
}

async function pass(ring: readonly Page[]): Promise<void> {
  const { meeting } = (await ring[0]?.widget.meeting().catch(() => null)) ?? {};
  const speaker = ring.find(({ id }) => id === meeting?.turn?.speaker);
  if (meeting && speaker)
    await speaker.widget.command({ type: "pass", expectedVersion: meeting.version }).catch(() => null);
}

async function everybody(livekit: RoomServiceClient): Promise<ParticipantInfo[]> {
  const rooms = await livekit.listRooms();
  return (await Promise.all(rooms.map(({ name }) => livekit.listParticipants(name)))).flat();
}

/** Looks who is in which call, and keeps the most who were in two at once, or sat nowhere. */
function watchCalls(crowd: Crowd): { most(): number; stop(): Promise<void> } {
  const { httpUrl, apiKey, apiSecret } = crowd.service.livekit;
  const livekit = new RoomServiceClient(httpUrl, apiKey, apiSecret);
  let most = 0;
  let goesOn = true;
  const looks = (async () => {
    for (; goesOn; await wait(LOOK_MS)) {
      const inCalls = await everybody(livekit).catch(() => null);
      if (!inCalls) continue;
      const times = Map.groupBy(inCalls, ({ identity }) => identity);
      const twice = [...times].filter(([id, calls]) => crowd.pages.has(id) && calls.length > 1).length;
      const seats = await crowd.seats();
      const nowhere = seats.size === 0 ? 0 : crowd.pages.size - seats.size;
      most = Math.max(most, twice + nowhere);
    }
  })();
  return {
    most: () => most,
    stop() {
      goesOn = false;
      return looks;
    },
  };
}
