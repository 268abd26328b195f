import { describe, expect, test } from "vitest";
import { SCENARIO_STATE } from "../protocol/namespace.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import { TestRoom } from "../../tests/support/room/room.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A room in which Ann kept a meeting for 50 minutes. */
async function afterMeeting(): Promise<TestRoom> {
  const room = await TestRoom.running();
  room.at += 50 * MINUTE;
  await room.say("@ann:hs", "!circle end");
  return room;
}

describe("a statement of account", () => {
  test("is told to whoever asks for it, alone, and the room learns that it was sent", async () => {
    const room = await afterMeeting();
    expect(await room.say("@ann:hs", "!circle account")).toContain("sent you your statement");
    expect(JSON.stringify(room.direct)).toContain("Minutes facilitated: 50");
    expect(JSON.stringify(room.sent)).not.toContain("Minutes facilitated");
  });

  test("says so where nothing was counted, and takes a quarter", async () => {
    const room = await afterMeeting();
    await room.say("@bob:hs", "!circle account 2025-q4");
    expect(JSON.stringify(room.direct)).toContain("2025-Q4");
    expect(JSON.stringify(room.direct)).toContain("Nothing was counted");
    expect(await room.say("@bob:hs", "!circle account yesterday")).toContain("Usage");
  });
});

/** The same, and in it a circle consented to how a pot is shared. */
async function afterConsent(): Promise<TestRoom> {
  const room = new TestRoom();
  const circles = [{ theme: "By hours?", kind: "consent" }];
  const scenario = { id: "share", title: "Share", circles };
  room.state.push({ type: SCENARIO_STATE, state_key: "share", sender: personId("@ann:hs"), content: { scenario } });
  for (const who of ["@ann:hs", "@bob:hs"]) await room.say(who, "!circle join");
  await room.say("@ann:hs", "!circle start share");
  for (const who of ["@ann:hs", "@bob:hs"]) await room.say(who, "!circle consent");
  room.at += 50 * MINUTE;
  await room.say("@ann:hs", "!circle end");
  return room;
}

describe("a pot", () => {
  test("is shown before it counts, each sees their own share, and nobody another's", async () => {
    const room = await afterConsent();
    const said = await room.say("@ann:hs", "!circle pot 1000 EUR hours");
    expect(said).toContain("A pot of 1,000.00 EUR for 2026-Q1");
    expect(said).toContain("By hours?");
    expect(said).toContain("March 16, 2026");
    await room.say("@ann:hs", "!circle account");
    expect(JSON.stringify(room.direct.at(-1))).toContain("1,000.00 EUR will be added");
    await room.say("@bob:hs", "!circle account");
    expect(JSON.stringify(room.direct.at(-1))).not.toContain("EUR");
    room.at += 14 * DAY;
    await room.say("@ann:hs", "!circle account");
    expect(JSON.stringify(room.direct.at(-1))).toContain("EUR: 1,000.00");
  });

  test("does not count once somebody has objected to it within two weeks", async () => {
    const room = await afterConsent();
    await room.say("@ann:hs", "!circle pot 1000 EUR hours");
    room.at += 13 * DAY;
    expect(await room.say("@bob:hs", "!circle pot object")).toContain("does not count");
    room.at += 14 * DAY;
    await room.say("@ann:hs", "!circle account");
    expect(JSON.stringify(room.direct.at(-1))).not.toContain("EUR");
    expect(await room.say("@bob:hs", "!circle pot object")).toContain("There is no pot");
  });

  test("by which nobody has a share is not shown", async () => {
    const room = await afterConsent();
    expect(await room.say("@ann:hs", "!circle pot 1000 EUR corrections")).toContain("nothing to share");
    expect(await room.say("@ann:hs", "!circle pot -5 EUR hours")).toContain("Usage");
  });

  test("is not shown where no circle has consented", async () => {
    const room = await afterMeeting();
    expect(await room.say("@ann:hs", "!circle pot 1000 EUR hours")).toContain(
      "No circle of this meeting has consented",
    );
  });

  test("is the keeper's or a moderator's to show", async () => {
    const room = await afterMeeting();
    expect(await room.say("@bob:hs", "!circle pot 1000 EUR hours")).toContain("Only the keeper or a moderator");
  });

  test("that nobody showed cannot be objected to", async () => {
    const room = await afterMeeting();
    expect(await room.say("@bob:hs", "!circle pot object")).toContain("There is no pot");
  });
});
