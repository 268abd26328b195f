import { expect, test } from "vitest";
import { openLog } from "./service-log.ts";
import { meetingId, roomId } from "../tests/support/protocol/ids.ts";

function opened() {
  const lines: Record<string, unknown>[] = [];
  const { log, locate } = openLog("info", {
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  return { log, locate, lines, last: () => lines.at(-1) };
}

test("whoever names a room names its meeting, and the other way round, in whichever part of the service", () => {
  const { log, locate, last } = opened();
  log.warn({ room: roomId("!garden") }, "before anything is known");
  expect(last()).not.toHaveProperty("meeting");
  locate({
    meetingIn: (room) => (room === "!garden" ? meetingId("m12345678") : null),
    roomOf: (meeting) => (meeting === "m12345678" ? roomId("!garden") : null),
  });
  for (const write of [
    () => log.warn({ room: roomId("!garden") }, "x"),
    () => log.warn({ meeting: meetingId("m12345678") }, "x"),
    () => log.child({ room: roomId("!garden") }).warn("x"),
    () => log.child({ meeting: meetingId("m12345678") }).warn({ turn: 2 }, "x"),
  ]) {
    write();
    expect(last()).toMatchObject({ room: "!garden", meeting: "m12345678" });
  }
  log.warn({ room: roomId("!garden"), meeting: meetingId("m00000000") }, "of an earlier meeting");
  expect(last()).toMatchObject({ meeting: "m00000000" });
  for (const elsewhere of [{ room: roomId("!other") }, { turn: 1 }]) {
    log.warn(elsewhere, "x");
    expect(last()).not.toHaveProperty("meeting");
  }
});

test("secrets do not get into it", () => {
  const { log, lines } = opened();
  log.error({ apiSecret: "hush", request: { authorization: "hush", headers: { authorization: "hush" } } }, "x");
  expect(JSON.stringify(lines)).not.toContain("hush");
});

test("no token gets into it, in whatever words, error, cause or answer it stands, and no secret of ours", () => {
  const lines: string[] = [];
  const { log } = openLog("debug", { write: (line) => void lines.push(line) }, ["open sesame"]);
  const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6Zm9vYmFy.c2lnbmVk";
  const refused = Object.assign(new Error(`LiveKit refused CreateRoom with 401: invalid token: ${jwt}`), {
    status: 401,
    body: { quoted: jwt },
    response: { headers: { "set-cookie": "hush-hush" } },
  });
  log.warn(
    {
      err: new Error("not opened", { cause: refused }),
      reason: `Bearer ${jwt}`,
      line: JSON.stringify({ access_token: "hush-hush" }),
    },
    `it says ${jwt}`,
  );
  log.child({ about: jwt }).debug("open sesame");
  log.error(refused);
  expect(lines).toHaveLength(3);
  expect(lines.join("")).not.toMatch(/eyJ|hush-hush|open sesame/);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    err: { message: expect.stringContaining("LiveKit refused CreateRoom with 401") as string },
  });
});

test("what another server made long is cut off", () => {
  const { log, last } = opened();
  log.error({ err: new Error("x".repeat(100_000)) }, "x");
  expect(JSON.stringify(last()).length).toBeLessThan(6_000);
});
