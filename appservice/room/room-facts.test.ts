import { expect, test } from "vitest";
import type { StateEvent } from "./homeserver-events.ts";
import { RoomFacts } from "./room-facts.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { eventId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { stopwatch } from "../../tests/support/stopwatch.ts";

const [ROOM, ANN, BOB] = [roomId("!room"), personId("@ann:hs"), personId("@bob:hs")];
const member = (id: ParticipantId, membership: string): StateEvent => ({
  type: "m.room.member",
  state_key: id,
  sender: id,
  content: { membership },
});
const gone = (who: ParticipantId) =>
  ({
    type: "m.room.member",
    room_id: ROOM,
    event_id: eventId("$1"),
    sender: who,
    state_key: who,
    origin_server_ts: 1,
    content: { membership: "leave" },
  }) as const;

/** A homeserver that answers when it is told to. */
function room() {
  let now = 0;
  const asked: { answer: (state: StateEvent[]) => void; fail: (error: unknown) => void }[] = [];
  const homeserver = {
    botId: personId("@bot:hs"),
    state: () => new Promise<StateEvent[]>((answer, fail) => void asked.push({ answer, fail })),
  };
  return {
    facts: new RoomFacts(homeserver, () => now),
    asked,
    later: (ms: number) => void (now += ms),
  };
}

const refused = () => Object.assign(new Error("refused"), { code: "ECONNREFUSED" });

async function known() {
  const it = room();
  const first = it.facts.isJoined(ROOM, ANN);
  it.asked[0]!.answer([member(ANN, "join"), member(BOB, "join")]);
  expect(await first).toBe(true);
  it.later(6 * 60_000);
  return it;
}

async function took<T>(work: Promise<T>): Promise<{ ms: number; value: T }> {
  const elapsed = stopwatch();
  const value = await work;
  return { ms: elapsed(), value };
}

test("a homeserver that hangs is asked once and waited for a moment; what was known last holds meanwhile, and gives way to its answer", async () => {
  const { facts, asked } = await known();
  const first = await took(
    Promise.all([facts.isJoined(ROOM, ANN), facts.isModerator(ROOM, ANN), facts.nameOf(ROOM, BOB)]),
  );
  expect(first.value).toEqual([true, false, "bob"]);
  expect(first.ms).toBeLessThan(1_500);
  expect((await took(facts.isJoined(ROOM, ANN))).ms).toBeLessThan(300);
  expect(asked).toHaveLength(2);
  asked[1]!.answer([member(BOB, "join")]);
  await expect.poll(() => facts.isJoined(ROOM, ANN)).toBe(false);
  expect(asked).toHaveLength(2);
});

test("whoever is shown out while the homeserver hangs is out at once, and stays so when its older answer comes", async () => {
  const { facts, asked } = await known();
  await facts.isJoined(ROOM, BOB);
  facts.learn(gone(BOB));
  expect(await facts.isJoined(ROOM, BOB)).toBe(false);
  asked[1]!.answer([member(ANN, "join"), member(BOB, "join")]);
  await expect.poll(() => facts.peopleIn(ROOM)).toEqual([ANN]);
});

test("a room of which nothing is known yet is soon said to be out of reach, as with a homeserver that refuses", async () => {
  const { facts, asked } = room();
  const elapsed = stopwatch();
  await expect(facts.isJoined(ROOM, ANN)).rejects.toMatchObject({ code: "HOMESERVER_AWAY" });
  expect(elapsed()).toBeLessThan(2_500);
  asked[0]!.fail(refused());
  await new Promise(setImmediate);
  const again = facts.isJoined(ROOM, ANN);
  asked[1]!.fail(refused());
  await expect(again).rejects.toMatchObject({ code: "HOMESERVER_AWAY" });
});
