import { pino } from "pino";
import { expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { KnownRooms } from "../store/known-rooms.ts";
import { Links, LINK_MS } from "../store/links.ts";
import { directRoomWith } from "./direct-room.ts";
import type { StateEvent } from "./homeserver-events.ts";
import { takeAwayWorthlessLinks } from "./worthless-links.ts";
import { eventId, personId, roomId } from "../../tests/support/protocol/ids.ts";

const [ANN, EVE, BOT] = [personId("@ann:hs"), "@eve:hs", personId("@bot:hs")];
const state = (type: string, content: object, state_key = "", sender = BOT): StateEvent => ({
  type,
  state_key,
  sender: personId(sender),
  content,
});
const member = (who: string, membership: string) => state("m.room.member", { membership }, who);
const POWER = { users_default: 0, invite: 100, state_default: 100, events: { "m.room.history_visibility": 100 } };

/** Room as the bot makes it, but for what is given. */
const room = (...other: StateEvent[]): StateEvent[] => {
  const made = [
    state("m.room.create", { room_version: "12" }),
    state("m.room.power_levels", POWER),
    state("m.room.join_rules", { join_rule: "invite" }),
    state("m.room.history_visibility", { history_visibility: "invited" }),
    member(BOT, "join"),
    member(ANN, "join"),
  ];
  return [
    ...made.filter(({ type, state_key }) => !other.some((each) => each.type === type && each.state_key === state_key)),
    ...other,
  ];
};

async function where(known: StateEvent[]): Promise<string | null> {
  const knownRooms = new KnownRooms(openDatabase(":memory:"));
  knownRooms.rememberDirectRoom(ANN, roomId("!known"));
  const homeserver = {
    botId: BOT,
    state: async () => known,
    createDirectRoom: async () => roomId("!new"),
  };
  return directRoomWith(ANN, { homeserver, knownRooms });
}

test("whoever is told two things at once is asked into one room", async () => {
  const knownRooms = new KnownRooms(openDatabase(":memory:"));
  let made = 0;
  const homeserver = { botId: BOT, state: async () => [], createDirectRoom: async () => roomId(`!new${++made}`) };
  const asked = [ANN, ANN, personId(EVE)].map((who) => directRoomWith(who, { homeserver, knownRooms }));
  const [one, same, another] = await Promise.all(asked);
  expect([one, another]).toEqual(["!new1", "!new2"]);
  expect(same).toBe(one);
});

test("the known room serves while the two are alone in it, and nobody can be let in", async () => {
  expect(await where(room())).toBe("!known");
  expect(await where(room(member(ANN, "invite")))).toBe("!known");
  expect(await where(room(member(EVE, "leave")))).toBe("!known");
});

test.each([
  ["somebody else is in it", [member(EVE, "join")]],
  ["somebody else is asked in", [member(EVE, "invite")]],
  ["somebody else knocks", [member(EVE, "knock")]],
  ["its person has left", [member(ANN, "leave")]],
  ["its person may invite", [state("m.room.power_levels", { ...POWER, invite: 0 })]],
  ["its person has power over it", [state("m.room.power_levels", { ...POWER, users: { [ANN]: 100 } })]],
  ["its person made it", [state("m.room.create", { room_version: "12" }, "", ANN)]],
  [
    "its person may change who comes in",
    [state("m.room.power_levels", { ...POWER, events: { "m.room.join_rules": 0 } })],
  ],
  ["whoever comes later sees what was before", [state("m.room.history_visibility", { history_visibility: "shared" })]],
  ["whoever comes later sees it, since nothing is said", [state("m.room.history_visibility", {})]],
  ["anybody may come in", [state("m.room.join_rules", { join_rule: "public" })]],
])("a room in which, or into which, anybody else may read is given up for a new one: %s", async (_, other) => {
  expect(await where(room(...other))).toBe("!new");
});

test("a link that was used, or has run out, does not stay where it was told", async () => {
  const links = new Links(openDatabase(":memory:"));
  const gone: string[] = [];
  let away = false;
  const homeserver = {
    redact: async (_: string, event: string) => {
      if (away) throw new Error("away");
      gone.push(event);
    },
  };
  const tidy = (now: number) =>
    takeAwayWorthlessLinks({ links, homeserver, log: pino({ level: "silent" }), now: () => now });
  const used = links.make({ participant: ANN, room: roomId("!a") }, 0);
  links.told(used, { room: roomId("!direct"), eventId: eventId("$used") });
  links.told(links.make({ participant: ANN, room: roomId("!b") }, 1_000), {
    room: roomId("!direct"),
    eventId: eventId("$waits"),
  });
  await tidy(1_000);
  expect(gone).toEqual([]);
  links.take(used, 2_000);
  away = true;
  await tidy(2_000);
  away = false;
  await tidy(3_000);
  expect(gone).toEqual(["$used"]);
  await tidy(1_001 + LINK_MS);
  await tidy(1_002 + LINK_MS);
  expect(gone).toEqual(["$used", "$waits"]);
});
