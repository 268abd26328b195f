import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { RoomPast } from "../store/room-past.ts";
import type { PastEvent, StateEvent } from "./homeserver-events.ts";
import { RoomSight } from "./room-sight.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { eventId, personId, roomId } from "../../tests/support/protocol/ids.ts";

const [ROOM, EVE, BOT] = [roomId("!room"), personId("@eve:elsewhere"), personId("@bot:hs")];

const past = (
  type: string,
  sentAt: number,
  content: object,
  { key = "", sender = personId("@ann:hs"), before }: { key?: string; sender?: ParticipantId; before?: object } = {},
): PastEvent => ({
  type,
  state_key: key,
  sender,
  content,
  event_id: eventId(`$${type}${key}${sentAt}${JSON.stringify(content)}`),
  origin_server_ts: sentAt,
  ...(before ? { unsigned: { prev_content: before } } : {}),
});
const visibility = (sentAt: number, value: unknown) =>
  past("m.room.history_visibility", sentAt, { history_visibility: value });
const member = (
  sentAt: number,
  who: ParticipantId,
  membership: string,
  more: { sender?: ParticipantId; before?: object } = {},
) => past("m.room.member", sentAt, { membership }, { key: who, sender: personId(who), ...more });

function sightBy(events: PastEvent[], { state = [], now = 1_000 }: { state?: StateEvent[]; now?: number } = {}) {
  let [at, away] = [now, false];
  const homeserver = {
    botId: BOT,
    state: async () => {
      if (away) throw new Error("away");
      return state;
    },
    past: async (_: string, type: string) => {
      if (away) throw new Error("away");
      return events.filter((event) => event.type === type);
    },
  };
  const sight = new RoomSight({
    homeserver,
    past: new RoomPast(openDatabase(":memory:")),
    log: pino({ level: "silent" }),
    now: () => at,
  });
  return {
    sight,
    set: (next: { at?: number; away?: boolean }) => {
      at = next.at ?? at;
      away = next.away ?? away;
    },
  };
}
const seen = async ({ sight }: ReturnType<typeof sightBy>, ...moments: number[]) => {
  const of = await sight.of(ROOM, EVE);
  return moments.map((moment) => of.at(moment));
};

describe("what was before the service noted anything down is the homeserver's to tell", () => {
  test("each change holds from when it was", async () => {
    const room = sightBy([
      visibility(0, "joined"),
      member(100, EVE, "join"),
      member(200, EVE, "leave"),
      member(300, EVE, "join"),
    ]);
    expect(await seen(room, 50, 150, 250, 350)).toEqual([false, true, false, true]);
  });

  test("a room that says nothing shows all", async () => {
    expect(await seen(sightBy([member(900, EVE, "join")]), 50)).toEqual([true]);
  });

  test("a visibility that nobody knows is taken for the narrowest", async () => {
    for (const odd of ["open", 7, null, ["shared"]])
      expect(await seen(sightBy([visibility(0, odd), member(900, EVE, "join")]), 50, 950)).toEqual([false, true]);
  });

  test("who dates their joining back has not been there", async () => {
    const room = sightBy([visibility(0, "joined"), member(500, personId("@ann:hs"), "join"), member(10, EVE, "join")]);
    expect(await seen(room, 100, 499, 501)).toEqual([false, false, true]);
  });

  test("nor do they hide from others what was later, by a date in the future", async () => {
    const room = sightBy([
      visibility(0, "joined"),
      member(9_999_999, personId("@mallory:elsewhere"), "join"),
      member(300, EVE, "join", { sender: personId("@ann:hs") }),
    ]);
    expect(await seen(room, 200, 400)).toEqual([false, true]);
  });

  test("whoever came before the bot may see anything is known by the state, or by what their next event changed", async () => {
    const state = [
      { type: "m.room.member", state_key: EVE, sender: EVE, content: { membership: "join" }, origin_server_ts: 20 },
    ];
    expect(await seen(sightBy([visibility(0, "joined")], { state }), 10, 30)).toEqual([false, true]);
    expect(
      await seen(sightBy([visibility(0, "joined"), member(800, EVE, "join", { before: { membership: "join" } })]), 700),
    ).toEqual([true]);
  });
});

describe("what the homeserver tells from then on", () => {
  const told = (membership: "join" | "leave", sentAt: number) => ({
    event_id: eventId(`$told${sentAt}${membership}`),
    room_id: ROOM,
    sender: EVE,
    origin_server_ts: sentAt,
    unsigned: undefined,
    type: "m.room.member" as const,
    state_key: EVE,
    content: { membership },
  });

  test("holds from when it was told, whatever its date", async () => {
    const room = sightBy([visibility(0, "joined")]);
    await seen(room, 0);
    room.set({ at: 2_000 });
    room.sight.learn(told("join", 5));
    expect(await seen(room, 100, 1_999, 2_001)).toEqual([false, false, true]);
  });

  test("what it failed to tell holds from when it is seen", async () => {
    const room = sightBy([visibility(0, "joined"), member(10, EVE, "join")]);
    await seen(room, 0);
    room.set({ at: 3_000 });
    room.sight.compare(ROOM, [
      { type: "m.room.member", state_key: EVE, sender: personId("@ann:hs"), content: { membership: "leave" } },
    ]);
    expect(await seen(room, 500, 3_001)).toEqual([true, false]);
  });

  test("while it does not answer, nothing of the past is shown; afterwards all that may be", async () => {
    const room = sightBy([member(10, EVE, "join")]);
    room.set({ away: true, at: 5_000 });
    expect(await seen(room, 100, 5_001)).toEqual([false, true]);
  });
});
