import { expect, onTestFinished, test, vi } from "vitest";
import { eventId, meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import type { EventId } from "../protocol/identity.ts";
import { MEETING_STATE } from "../protocol/namespace.ts";
import type { PastEvent } from "./homeserver-events.ts";
import { withoutStatesOf } from "./states-with-words.ts";

const [ROOM, MEETING, BOT] = [roomId("!room:hs"), meetingId("mtest00001"), personId("@bot:hs")];

/** A room with that many past states, the newest first, one of which holds the words. */
function scene(count: number, holding: number) {
  const filler = "x".repeat(8_000);
  const state = (nth: number, words: string): PastEvent => ({
    type: MEETING_STATE,
    state_key: "",
    sender: BOT,
    origin_server_ts: nth,
    event_id: eventId(`$${nth}`),
    content: { filler, words },
  });
  const states = Array.from({ length: count }, (_, nth) =>
    state(count - nth, nth === holding ? "a “secret” word" : ""),
  );
  const asked = { pages: 0 };
  const gone: EventId[] = [];
  const deps = {
    outbox: { standing: { goes: ({ eventId: id }: { eventId: EventId }) => void gone.push(id) } },
    poster: { wake: () => {} },
    homeserver: {
      async *ownStates(_: string, type: string) {
        for (let at = 0; type === MEETING_STATE && at < states.length; at += 100) {
          asked.pages++;
          yield states.slice(at, at + 100);
        }
      },
    },
    stateSettled: async () => {},
  };
  return { states, state, asked, gone, deps };
}

test("states of a room that is old are looked at with others in between, each once", async () => {
  const { asked, gone, deps } = scene(4_000, 3_500);
  let turns = 0;
  const others = setInterval(() => turns++);
  onTestFinished(() => clearInterval(others));
  const stringify = vi.spyOn(JSON, "stringify");
  const words = ["a “secret” word", ...Array.from({ length: 20 }, (_, i) => `another ${i}`)];
  await withoutStatesOf({ room: ROOM, meeting: MEETING, words }, (takeAway) => takeAway(), deps);
  const looks = stringify.mock.calls.filter(([value]) => Array.isArray(value)).length;
  stringify.mockRestore();
  expect(gone).toEqual(["$500"]);
  expect(looks).toBe(4_000);
  expect(asked.pages).toBe(41);
  expect(turns).toBeGreaterThan(5);
});

test("a state that was under way meanwhile is taken away, too", async () => {
  const { states, state, gone, deps } = scene(150, 120);
  const written = () => void states.unshift(state(151, "a “secret” word"), state(152, ""));
  await withoutStatesOf(
    { room: ROOM, meeting: MEETING, words: ["a “secret” word"] },
    (takeAway) => {
      takeAway();
      written();
    },
    deps,
  );
  expect(gone).toEqual(["$30", "$151"]);
});
