import { expect, test } from "vitest";
import { ServerClock } from "./server-clock.ts";

test("a clock that is five minutes off shows the service's time", () => {
  let local = 1_000_000;
  const clock = new ServerClock(() => local);
  local += 80;
  clock.observe(1_300_040, 1_000_000);
  expect(clock.now()).toBe(1_300_080);
});

test("a slow answer does not spoil what a quick one has shown", () => {
  let local = 1_000;
  const clock = new ServerClock(() => local);
  local = 1_020;
  clock.observe(5_010, 1_000);
  local = 4_020;
  // Three seconds under way, nearly all of them on the way back.
  clock.observe(5_050, 1_020);
  expect(clock.now()).toBe(8_020);
});
