import { RoomEvent } from "@livekit/rtc-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { SpokenMeeting } from "../support/call/spoken-meeting.ts";

const AWAY_MS = 60_000;
const CIRCLES = 12;

describe.runIf(LONG)("the homeserver is away for a minute in the middle of a meeting", () => {
  let spoken: SpokenMeeting;
  let drops = 0;

  beforeAll(async () => {
    spoken = await SpokenMeeting.open({ circles: CIRCLES, betweenSeconds: 1 });
    for (const { room } of spoken.callers)
      room.on(RoomEvent.Reconnecting, () => void drops++).on(RoomEvent.Disconnected, () => void drops++);
  });
  afterAll(() => spoken.close());

  test("the call does not notice: the word goes round and is heard; afterwards all of it is in the room, in order, once", async () => {
    const { meeting, callers } = spoken;
    const { synapse } = meeting.service;
    const [ann] = meeting.people.map(({ matrix }) => matrix);
    const ears = (speaker: string) => callers.find(({ identity }) => identity !== speaker)!.ear(speaker);
    await synapse.kill();
    const back = Date.now() + AWAY_MS;
    let passes = 0;
    for (let now = await meeting.now(); Date.now() < back && now.phase !== "ended"; now = await meeting.now()) {
      const speaker = now.turn?.speaker;
      if (!speaker || now.turn?.status !== "speaking") {
        await expect.poll(async () => (await meeting.now()).turn?.status).toBe("speaking");
        continue;
      }
      await ears(speaker).heard();
      // As long as somebody speaks for a sentence or two; the silence of the others is looked at in between.
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      await meeting.pass(await meeting.now());
      passes += 1;
    }
    expect(passes).toBeGreaterThan(12);
    expect(drops).toBe(0);

    const over = ann!.next(
      meeting.room,
      ({ content }) => "org.mindminder.meeting_record" in content,
      "the meeting's root",
    );
    await meeting.end();
    const ran = (await meeting.now()).circle ?? 0;
    await synapse.restart();
    await over;
    const history = (await ann!.history(meeting.room)).filter(
      ({ sender, type, content }) =>
        sender === meeting.service.botId && type === "m.room.message" && !("m.new_content" in content),
    );
    const roots = history.flatMap(
      ({ content }) => (content["org.mindminder.circle"] as { index: number } | undefined)?.index ?? [],
    );
    expect(roots).toEqual(Array.from({ length: ran + 1 }, (_, index) => index));
    expect(history.filter(({ content }) => "org.mindminder.meeting_record" in content)).toHaveLength(1);
    // Synapse on SQLite numbers its transactions from 1 again; what is said now must be heard all the same.
    expect(await ann!.command(meeting.room, "!circle status")).toMatch(/ended/);
  }, 240_000);
});
