import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { p50, type Bench, type Figure } from "./figures.ts";
import { type Council, Councils, type Pass } from "./load/councils.ts";
import { memoryMb } from "./load/process-usage.ts";

const MEETINGS = 5;
const PASS_EVERY_MS = 500;
const LOOK_EVERY_MS = 5_000;
/** Share of the run that does not count as growth: things loaded once, and caches that the first meetings fill. */
const WARM_UP = 0.4;

type Counted = {
  passes: number;
  lost: number;
  /** Since it was last told of them. */
  readonly lately: Pass[];
};

/** Memory at some moment, in megabytes, and how many passes there had been. */
type Sample = {
  readonly passes: number;
  readonly memory: Readonly<Record<string, number>>;
};

export const bench: Bench = {
  about: `${MEETINGS} meetings, one after the other in each room, a pass every ${PASS_EVERY_MS / 1000} s in each: does memory stay bounded (--minutes N: for how long)`,
  async run(say, { minutes }) {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-soak-"));
    const councils = await Councils.open(dir);
    const { service } = councils;
    while (councils.all.length < MEETINGS) await (await councils.add()).begin();

    const until = Date.now() + minutes * 60_000;
    const counted: Counted = { passes: 0, lost: 0, lately: [] };
    const running = Promise.all(councils.all.map((council) => passOn(council, until, counted, say)));
    const samples: Sample[] = [];
    const look = () =>
      samples.push({
        passes: counted.passes,
        memory: {
          service: memoryMb(service.pid),
          livekit: memoryMb(service.livekit.pid),
          synapse: memoryMb(service.synapse.pid),
        },
      });
    for (let told = Date.now(); Date.now() < until; await wait(LOOK_EVERY_MS)) {
      look();
      if (Date.now() - told < 60_000) continue;
      told = Date.now();
      const lately = counted.lately.splice(0);
      const typical = (what: (pass: Pass) => number) => p50(lately.map(what)).toFixed(0);
      say(
        `${counted.passes} passes, typically answered after ${typical((pass) => pass.answered)} ms, heard after ${typical((pass) => pass.heard)}, in the room after ${typical((pass) => pass.posted)}; service ${samples.at(-1)?.memory["service"]?.toFixed(0)} MB`,
      );
    }
    await running;
    look();
    await councils.close();
    await rm(dir, { recursive: true, force: true });
    return [
      { name: "soak.passes", value: counted.passes, unit: "passes" },
      { name: "soak.lost", value: counted.lost, unit: "passes", goal: 0 },
      ...["service", "livekit", "synapse"].flatMap((name) => memoryFigures(name, samples)),
    ];
  },
};

async function passOn(council: Council, until: number, counted: Counted, say: (line: string) => void): Promise<void> {
  while (Date.now() < until) {
    const began = Date.now();
    const outcome = await council.pass();
    counted.passes++;
    if ("lost" in outcome) {
      counted.lost++;
      say(`lost or late: ${outcome.lost}`);
    } else counted.lately.push(outcome);
    await wait(Math.max(0, began + PASS_EVERY_MS - Date.now()));
  }
}

/** Growth from the middle of what remains after the warm-up to its end. */
function memoryFigures(name: string, samples: readonly Sample[]): Figure[] {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  const half = Math.ceil(warm.length / 2);
  const typical = (part: readonly Sample[]) => p50(part.map(({ memory }) => memory[name] ?? 0));
  const [before, after] = [typical(warm.slice(0, half)), typical(warm.slice(half))];
  return [
    { name: `soak.${name}.memory_mb`, value: after, unit: "MB" },
    {
      name: `soak.${name}.growth`,
      value: (after / before - 1) * 100,
      unit: "%",
      ...(name === "service" ? { goal: 10 } : {}),
    },
  ];
}
