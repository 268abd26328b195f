import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { p50, p95, type Bench, type Figure } from "./figures.ts";
import { SPIKE, type Spike, spike } from "./net/spike.ts";

export const bench: Bench = {
  about: `${SPIKE.people} people come within ${SPIKE.withinMs / 1000} s into ${SPIKE.circles} circles: until they hear; and the same with LiveKit alone`,
  async run(say) {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-spike-"));
    const { ours, bare } = await spike(dir, say);
    await rm(dir, { recursive: true, force: true });
    tell("ours", ours, say);
    tell("bare", bare, say);
    const [heard, its] = [ours, bare].map(({ came }) => came.map((each) => each.heard)) as [number[], number[]];
    const figures: Figure[] = [
      { name: "net.spike_heard.p50_s", value: p50(heard), unit: "s" },
      { name: "net.spike_heard_s", value: p95(heard), unit: "s", goal: 2 },
      { name: "net.spike_admitted_s", value: p95(ours.came.map(({ admitted }) => admitted)), unit: "s" },
      { name: "net.spike.bare.p50_s", value: p50(its), unit: "s" },
      { name: "net.spike.bare_s", value: p95(its), unit: "s" },
      ...Object.entries(ours.work).map(([name, value]) => ({ name: `net.spike.work.${name}_s`, value, unit: "s" })),
    ];
    return figures;
  },
};

function tell(whose: string, { came, work }: Spike, say: (line: string) => void): void {
  const step = (of: "admitted" | "receives" | "heard") => {
    const seconds = came.map((each) => each[of]);
    return `${of} ${p50(seconds).toFixed(2)}/${p95(seconds).toFixed(2)} s`;
  };
  say(`${whose}, p50/p95: ${step("admitted")}, ${step("receives")}, ${step("heard")}`);
  const each = Object.entries(work).map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`);
  say(`  processor time: ${each.join(", ")}`);
}
