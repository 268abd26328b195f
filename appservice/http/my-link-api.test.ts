import { expect, test } from "vitest";
import { roomId, personId } from "../../tests/support/protocol/ids.ts";
import type { Visitor } from "./visitor.ts";
import { type MyLinkDeps, myLink } from "./my-link-api.ts";

const ROOM = roomId("!room:hs");

/** Somebody of Telegram whose page is open. */
const asking = {
  actor: {
    id: personId("telegram:7"),
    issuer: "telegram",
    door: "widget",
    name: "Cid",
    rights: { admitted: true, moderates: false },
  },
  room: ROOM,
} as unknown as Visitor;

const handlerFor = (isStill: boolean) =>
  myLink({
    meetings: { of: () => undefined } as unknown as MyLinkDeps["meetings"],
    links: { make: () => "a-code" },
    stillInChat: async () => isStill,
    publicUrl: "https://circle.example.org",
    now: () => 1,
  });
const reads = () => null;

test("somebody of Telegram gets a link to their own seat, and none once they are out of the chat", async () => {
  const asked = { asking, params: { room: ROOM }, body: undefined, reads } as Parameters<
    ReturnType<typeof handlerFor>
  >[0];
  expect(await handlerFor(true)(asked)).toMatchObject({ url: expect.stringMatching(/\/widget\/#code=a-code/) });
  await expect(handlerFor(false)(asked)).rejects.toMatchObject({ message: expect.stringMatching(/not in this room/) });
});
