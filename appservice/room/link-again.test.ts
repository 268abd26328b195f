import { expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { Inbox } from "../journal/inbox.ts";
import { LINK_MS, Links } from "../store/links.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import { LINK_SECRET, ROOM, TestRoom } from "../../tests/support/room/room.ts";

const BOB = personId("@bob:hs");
const codeIn = (sent: unknown) => /code=([\w-]+)/.exec(JSON.stringify(sent))?.[1] ?? "";

/** The service dies when the link is with the homeserver, and before anything of that is noted down. */
async function askedInVain(): Promise<{ db: ReturnType<typeof openDatabase>; first: unknown[]; at: number }> {
  const db = openDatabase(":memory:");
  const dies = new TestRoom({ db });
  const sent = new Promise<void>((resolve) => {
    dies.afterSending = () => {
      resolve();
      return new Promise(() => {});
    };
  });
  void dies.say(BOB, "!circle link");
  await sent;
  dies.meetings.stop();
  return { db, first: dies.direct[0] as unknown[], at: dies.at };
}

test("a link that was sent when the service died is sent again as it was, and opens", async () => {
  const { db, first, at } = await askedInVain();
  expect(new Inbox(db).waiting().length).toBe(1);

  const again = new TestRoom({ db });
  await again.start();
  expect(again.direct).toEqual([first]);
  expect(JSON.stringify(again.sent)).toMatch(/sent you a private message/);
  expect(new Inbox(db).waiting()).toEqual([]);
  expect(new Links(db, LINK_SECRET).take(codeIn(first), at + 1)).toEqual({ participant: BOB, room: ROOM });
});

test("one that was opened meanwhile opens nothing more, though it is sent again", async () => {
  const { db, first, at } = await askedInVain();
  const links = new Links(db, LINK_SECRET);
  expect(links.take(codeIn(first), at)).not.toBeNull();
  await new TestRoom({ db }).start();
  expect(links.take(codeIn(first), at)).toBeNull();
});

test("one that a newer took the place of does not come back with the message that asked for it", async () => {
  const links = new Links(openDatabase(":memory:"), LINK_SECRET);
  const bob = { participant: BOB, room: ROOM };
  const older = links.make(bob, 0, "$older");
  const newer = links.make(bob, 1, "$newer");
  expect(links.make(bob, 2, "$newer")).toBe(newer);
  expect(links.take(older, 3)).toBeNull();
  expect(links.take(newer, 2 + LINK_MS)).toBeNull();
  expect(new Links(openDatabase(":memory:"), "another service's").make(bob, 0, "$older")).not.toBe(older);
});
