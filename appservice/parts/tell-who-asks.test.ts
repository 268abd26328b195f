import { expect, test } from "vitest";
import { eventId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { tellSomebody } from "../room/tell-alone.ts";
import { tellWhoAsks } from "./tell-who-asks.ts";

const [ANN, BOT, CID] = [personId("@ann:hs"), personId("@bot:hs"), personId("telegram:7")];

test("an account that types a code again, after a no or too late, is asked about again", async () => {
  /** Messages by their transactions, of which a homeserver sends each once. */
  const sent = new Map<string, string>();
  const room = roomId("!ann:hs");
  const deps = {
    homeserver: {
      botId: BOT,
      state: async () => [],
      createDirectRoom: async () => room,
      send: async (_: unknown, __: string, transaction: string, content: unknown) => {
        sent.set(transaction, JSON.stringify(content));
        return eventId(`$${sent.size}`);
      },
    },
    knownRooms: { directRoomOf: () => null, rememberDirectRoom: () => {} },
  };
  let now = 1_000;
  const ask = () =>
    tellWhoAsks(
      ANN,
      { telegram: CID, name: "Cid" },
      {
        tellPerson: async (who, name, lines) => (await tellSomebody(who, name, lines, deps)) !== null,
        language: "en",
        now: () => now,
      },
    );
  expect(await ask()).toBe(true);
  now += 60_000;
  expect(await ask()).toBe(true);
  expect([...sent.values()].map((text) => text.includes("Cid"))).toEqual([true, true]);
});
