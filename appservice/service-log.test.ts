import { expect, test } from "vitest";
import { openLog } from "./service-log.ts";

function opened() {
  const lines: Record<string, unknown>[] = [];
  const { log, locate } = openLog("info", { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  return { log, locate, lines, last: () => lines.at(-1) };
}

test("whoever names a room names its meeting, and the other way round, in whichever part of the service", () => {
  const { log, locate, last } = opened();
  log.warn({ room: "!garden" }, "before anything is known");
  expect(last()).not.toHaveProperty("meeting");
  locate({ meetingIn: (room) => (room === "!garden" ? "m12345678" : null), roomOf: (meeting) => (meeting === "m12345678" ? "!garden" : null) });
  for (const write of [() => log.warn({ room: "!garden" }, "x"), () => log.warn({ meeting: "m12345678" }, "x"), () => log.child({ room: "!garden" }).warn("x"), () => log.child({ meeting: "m12345678" }).warn({ turn: 2 }, "x")]) {
    write();
    expect(last()).toMatchObject({ room: "!garden", meeting: "m12345678" });
  }
  log.warn({ room: "!garden", meeting: "m00000000" }, "of an earlier meeting");
  expect(last()).toMatchObject({ meeting: "m00000000" });
  for (const elsewhere of [{ room: "!other" }, { turn: 1 }]) {
    log.warn(elsewhere, "x");
    expect(last()).not.toHaveProperty("meeting");
  }
});

test("secrets do not get into it", () => {
  const { log, lines } = opened();
  log.error({ apiSecret: "hush", request: { authorization: "hush", headers: { authorization: "hush" } } }, "x");
  expect(JSON.stringify(lines)).not.toContain("hush");
});
