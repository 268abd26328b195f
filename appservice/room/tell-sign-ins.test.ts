import { pino } from "pino";
import { expect, test } from "vitest";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import { openDatabase } from "../store/database.ts";
import { SignIns } from "../store/sign-ins.ts";
import { tellSignIns } from "./tell-sign-ins.ts";

const [ROOM, MINUTE] = [roomId("!council"), 60_000];

test("where many sign in at once, the homeserver makes a few rooms at a time, and everybody is told, the first one first", async () => {
  const signIns = new SignIns(openDatabase(":memory:"));
  const people = Array.from({ length: 12 }, (_, number) => personId(`@p${11 - number}:hs`));
  for (const [at, participant] of people.entries())
    signIns.opened({ participant, room: ROOM, openedAt: at }, `browser-of-${participant}`);
  const told: string[] = [];
  const rooms = new Map<string, string>();
  const round = () =>
    tellSignIns({
      signIns,
      homeserver: {
        botId: personId("@bot:hs"),
        state: async () => [],
        createDirectRoom: async (who) => {
          const room = roomId(`!with-${who}`);
          rooms.set(room, who);
          return room;
        },
        send: async (room) => {
          told.push(rooms.get(room) ?? room);
          return "$sent" as never;
        },
      },
      knownRooms: { directRoomOf: () => null, rememberDirectRoom: () => {} },
      facts: { titleOf: async () => "Council" },
      languageOf: () => "en",
      log: pino({ level: "silent" }),
      now: () => MINUTE,
    });
  await round();
  expect(told.length).toBeLessThan(people.length / 2);
  expect(told[0]).toBe(people[0]);
  for (let rounds = 1; rounds < people.length && told.length < people.length; rounds++) await round();
  expect(told).toEqual(people);
  await round();
  expect(told).toEqual(people);
});
