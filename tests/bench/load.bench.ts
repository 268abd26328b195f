import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { p50, p95, type Bench, type Figure } from "./figures.ts";
import { type Council, Councils, type Outcome, type Pass, SEVEN } from "./load/councils.ts";
import { watchUsage, type Usage } from "./load/process-usage.ts";

const MEETINGS = 15;
/** In life somebody speaks for a minute or two. */
const PASS_EVERY_MS = 5_000;
const LONE_EVERY_MS = 500;
const LONE_PASSES = 60;
const ROUNDS = 12;
/** Meetings added at each step, and passes in each of them. */
const STEP = 5;
const STEP_ROUNDS = 3;
const MOST_MEETINGS = 60;
/** Milliseconds from which the circle feels broken. */
const BROKEN_MS = 1_000;
const CORES = 2;

export const bench: Bench = {
  about: `${MEETINGS} meetings of ${SEVEN} at once, a pass in each every ${PASS_EVERY_MS / 1000} s, against a lone one; then more until it breaks`,
  async run(say) {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-load-"));
    const councils = await Councils.open(dir);
    const { service, callers, all } = councils;
    const watch = () =>
      watchUsage({
        service: service.pid,
        livekit: service.livekit.pid,
        synapse: service.synapse.pid,
        callers: callers.pid,
      });

    const lone = await begun(councils);
    await repeatedly(3, LONE_EVERY_MS, [lone]);
    const endedAlone = watch();
    const alone = split(await repeatedly(LONE_PASSES, LONE_EVERY_MS, [lone]));
    say(`a lone meeting: ${line(alone)}`);
    tellUsage(endedAlone(), say);

    while (all.length < MEETINGS) await begun(councils);
    await repeatedly(1, PASS_EVERY_MS, all);
    const ended = watch();
    const many = split(await repeatedly(ROUNDS, PASS_EVERY_MS, all));
    const usage = ended();
    say(`${MEETINGS} meetings: ${line(many)}`);
    tellUsage(usage, say);

    const people = await grow(councils, watch, say);
    const sound = await councils.close();
    say(`sound: ${sound.received} packets received, ${sound.lost} missing`);
    await rm(dir, { recursive: true, force: true });
    return figures(alone, many, usage, people);
  },
};

async function begun(councils: Councils): Promise<Council> {
  const council = await councils.add();
  await council.begin();
  return council;
}

/** A pass in each meeting, as often; spread evenly, as meetings know nothing of each other. */
async function repeatedly(rounds: number, everyMs: number, councils: readonly Council[]): Promise<Outcome[]> {
  const outcomes = councils.map(async (council, index) => {
    await wait((index / councils.length) * everyMs);
    const ofCouncil: Outcome[] = [];
    for (let round = 0; round < rounds; round++) {
      const began = Date.now();
      ofCouncil.push(await council.pass());
      await wait(Math.max(0, began + everyMs - Date.now()));
    }
    return ofCouncil;
  });
  return (await Promise.all(outcomes)).flat();
}

async function grow(
  councils: Councils,
  watch: () => () => Record<string, Usage>,
  say: (line: string) => void,
): Promise<number> {
  let held = 0;
  while (councils.all.length < MOST_MEETINGS) {
    try {
      for (let more = 0; more < STEP; more++) await begun(councils);
    } catch (error) {
      say(`${(councils.all.length + 1) * SEVEN} people: ${error instanceof Error ? error.message : String(error)}`);
      return held;
    }
    const ended = watch();
    const seen = split(await repeatedly(STEP_ROUNDS, PASS_EVERY_MS, councils.all));
    const usage = Object.entries(ended())
      .map(([name, { cpuPercent }]) => `${name} ${cpuPercent.toFixed(0)} %`)
      .join(", ");
    const people = councils.all.length * SEVEN;
    say(`${people} people: ${line(seen)}; ${usage}`);
    if (seen.lost.length > 0 || p95(of(seen.passes, "heard")) > BROKEN_MS) return held;
    held = people;
  }
  say("it did not break; the machine has room for more");
  return held;
}

function tellUsage(usage: Record<string, Usage>, say: (line: string) => void): void {
  for (const [name, { cpuPercent, memoryMb }] of Object.entries(usage))
    say(`  ${name}: ${cpuPercent.toFixed(0)} % of a core, ${memoryMb.toFixed(0)} MB`);
}

type Split = { readonly passes: readonly Pass[]; readonly lost: readonly string[] };

function split(outcomes: readonly Outcome[]): Split {
  return {
    passes: outcomes.flatMap((outcome) => ("lost" in outcome ? [] : [outcome])),
    lost: outcomes.flatMap((outcome) => ("lost" in outcome ? [outcome.lost] : [])),
  };
}

const of = (passes: readonly Pass[], what: keyof Pass) => passes.map((pass) => pass[what]);

function line({ passes, lost }: Split): string {
  const both = (what: keyof Pass) => `${p50(of(passes, what)).toFixed(0)}/${p95(of(passes, what)).toFixed(0)}`;
  return (
    `${passes.length} passes, p50/p95 in ms: heard ${both("heard")}, by all ${both("heardByAll")}, shown to all ${both("shown")}, answered ${both("answered")}, in the room ${both("posted")}` +
    (lost.length > 0 ? `; ${lost.length} lost (${[...new Set(lost)].slice(0, 3).join("; ")})` : "")
  );
}

function figures(alone: Split, many: Split, usage: Record<string, Usage>, people: number): Figure[] {
  const ours = ["service", "livekit", "synapse"];
  const cpu = ours.reduce((sum, name) => sum + (usage[name]?.cpuPercent ?? 0), 0) / CORES;
  const each = Object.entries(usage).flatMap(([name, { cpuPercent, memoryMb }]): Figure[] => [
    { name: `load.105.${name}.cpu_percent`, value: cpuPercent / CORES, unit: "% of two cores" },
    { name: `load.105.${name}.memory_mb`, value: memoryMb, unit: "MB" },
  ]);
  return [
    { name: "load.105.cpu_percent", value: cpu, unit: "% of two cores", goal: 60 },
    ...each,
    { name: "load.1.heard.p95", value: p95(of(alone.passes, "heard")), unit: "ms" },
    { name: "load.105.heard.p50", value: p50(of(many.passes, "heard")), unit: "ms" },
    { name: "load.105.heard.p95", value: p95(of(many.passes, "heard")), unit: "ms" },
    {
      name: "load.105.heard_ratio",
      value: p95(of(many.passes, "heard")) / p95(of(alone.passes, "heard")),
      unit: "times",
      goal: 1.5,
    },
    { name: "load.105.shown.p95", value: p95(of(many.passes, "shown")), unit: "ms" },
    { name: "load.105.post.p95", value: p95(of(many.passes, "posted")), unit: "ms" },
    { name: "load.105.lost", value: many.lost.length, unit: "passes", goal: 0 },
    { name: "load.people_max", value: people, unit: "people" },
  ];
}
