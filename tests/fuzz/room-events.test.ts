import fc from "fast-check";
import { expect, test } from "vitest";
import { BOT, ROOM, TestRoom } from "../support/room/room.ts";
import { RawEvent } from "../../appservice/journal/inbox.ts";
import { mended } from "../../appservice/protocol/well-formed.ts";
import { patient, runs, soon, spoiled } from "./hostile.ts";

const base = { event_id: "$e", room_id: ROOM, sender: "@ann:hs", origin_server_ts: 1_772_452_800_000 };
const message = (body: string, more: object = {}) => ({
  ...base,
  type: "m.room.message",
  content: { msgtype: "m.text", body, ...more },
});
const EVENTS = [
  ...[
    "!circle",
    "!circle start council чай",
    "!circle join",
    "!circle pass",
    "!circle scenario import",
    "!circle vocabulary Synapse, LiveKit",
    "!circle language ru",
    "!circle person @bob:hs",
    "!круг начать",
    "!circle hand reply",
    "a comment",
    "!circle export json",
    "!circle link",
    "!circle end",
  ].map((body) => message(body)),
  message("!circle scenario import", { "m.relates_to": { "m.in_reply_to": { event_id: "$yaml" } } }),
  message("done", {
    "m.relates_to": {
      rel_type: "m.thread",
      event_id: "$circle",
      is_falling_back: true,
      "m.in_reply_to": { event_id: "$circle" },
    },
  }),
  message("* edited", {
    "m.new_content": { msgtype: "m.text", body: "edited" },
    "m.relates_to": { rel_type: "m.replace", event_id: "$e1" },
  }),
  {
    ...base,
    type: "m.reaction",
    content: { "m.relates_to": { rel_type: "m.annotation", event_id: "$circle", key: "➡️" } },
  },
  { ...base, type: "m.room.redaction", redacts: "$e1", content: { redacts: "$e1" } },
  {
    ...base,
    type: "m.room.member",
    state_key: "@bob:hs",
    sender: "@bob:hs",
    content: { membership: "leave", displayname: "Bob" },
  },
  {
    ...base,
    type: "m.room.member",
    state_key: "@eve:hs",
    sender: "@eve:hs",
    content: { membership: "join", displayname: "Eve", avatar_url: "mxc://hs/x" },
  },
  {
    ...base,
    type: "m.room.power_levels",
    state_key: "",
    content: { users: { [BOT]: 50 }, users_default: 0, events: {} },
  },
  {
    ...base,
    type: "org.mindminder.scenario",
    state_key: "mine",
    content: { id: "mine", title: "Mine", circles: [{ theme: "Now?" }] },
  },
  { ...base, type: "m.room.encrypted", content: { algorithm: "m.megolm.v1.aes-sha2", ciphertext: "x" } },
];

const atTheDoor = (event: unknown): unknown => mended(JSON.parse(JSON.stringify(event)));

test(
  "whatever the homeserver sends of a room, the bot takes it or leaves it, and answers the next person",
  patient,
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(spoiled(EVENTS), { minLength: 1, maxLength: 15 }), async (events) => {
        const room = new TestRoom();
        await room.say("@ann:hs", "!circle join");
        let count = 0;
        const taken = events.flatMap(
          (event) => RawEvent.safeParse(atTheDoor({ ...(event as object), event_id: `$x${count++}` })).data ?? [],
        );
        await soon(() => room.receive(taken));
        const again = await room.say("@ann:hs", "!circle status");
        expect(typeof again).toBe("string");
      }),
      runs(40),
    );
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  },
);
