import { pino } from "pino";
import { expect, test } from "vitest";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { openDatabase } from "../store/database.ts";
import { Erasures } from "../store/erasures.ts";
import { tellErasures } from "./tell-erasures.ts";

const ROOM = roomId("!council");
const [ANN, BOB, GUEST] = [personId("@ann:hs"), personId("@bob:hs"), "guest:ab12" as ParticipantId];

test("whoever asked is told once that it is done; not before, and nobody for whom the admin asked", async () => {
  const erasures = new Erasures(openDatabase(":memory:"));
  const told: unknown[] = [];
  let away = true;
  const round = () =>
    tellErasures({
      erasures,
      homeserver: {
        botId: personId("@bot:hs"),
        state: async () => [],
        createDirectRoom: async (who) => roomId(`!with-${who}`),
        send: async (room, _, __, content) => {
          if (away) throw new Error("the homeserver is away");
          told.push([room, (content as { body: string }).body]);
          return "$sent" as never;
        },
      },
      knownRooms: { directRoomOf: () => null, rememberDirectRoom: () => {} },
      facts: { titleOf: async () => "Council" },
      languageOf: () => "en",
      log: pino({ level: "silent" }),
    });
  const of = (who: ParticipantId) => ({ room: ROOM, who, at: 1 });
  erasures.note(of(ANN), true);
  erasures.note(of(GUEST), true);
  erasures.note(of(BOB));
  await round();
  for (const who of [GUEST, ANN, BOB]) erasures.done(of(who), 2);
  await round();
  expect(told).toEqual([]);
  away = false;
  await round();
  await round();
  expect(told).toEqual([["!with-@ann:hs", "What you said and wrote in “Council” is erased."]]);
  expect(erasures.untold()).toEqual([]);
});
