import { expect, test } from "vitest";
import { fleetPlot, type FleetSample } from "./fleet-plot.ts";

const sample = (second: number, workers: number): FleetSample => ({
  at: 5_000 + second * 1_000,
  arriving: workers * 3,
  decodes: workers * 4,
  waiting: second,
  workers,
});

test("the plot shows each figure over the whole time, and says which is which", () => {
  const svg = fleetPlot([sample(0, 1), sample(30, 4), sample(60, 2)]);
  for (const words of ["arrive", "can be decoded", "wait", "take speech", "60 s"]) expect(svg).toContain(words);
  const lines = [...svg.matchAll(/<path d="M([\d.]+)[^"]*"/g)];
  expect(lines).toHaveLength(4);
  expect(lines.map(([, from]) => from)).toEqual(Array.from({ length: 4 }, () => "64.0"));
  expect(svg.match(/H944\.0/g)).toHaveLength(2);
  expect(svg).not.toContain("NaN");
});

test("a plot of nothing, or of one moment, is one as well", () => {
  expect(fleetPlot([])).not.toContain("NaN");
  expect(fleetPlot([sample(0, 0)])).not.toContain("NaN");
});
