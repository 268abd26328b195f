import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MEDIA_KEY_BYTES, MediaKey, OVERLAP_MS } from "../protocol/media-key.ts";
import { openDatabase } from "../store/database.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";
import { AtRest } from "./at-rest.ts";
import { MediaKeyring } from "./media-keys.ts";

const [ROOM, OPEN] = [roomId("!sealed:hs"), roomId("!open:hs")];
const renewed: string[] = [];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  renewed.length = 0;
});

function keyring(db = openDatabase(":memory:"), secret = "secret") {
  const keys = new MediaKeyring({
    db,
    atRest: new AtRest(secret),
    now: Date.now,
    isEncrypted: async (room) => room === ROOM,
    onRenewed: (room) => renewed.push(room),
    onNotKept: (error) => {
      throw error;
    },
  });
  return { db, keys };
}

test("an encrypted room's call has a key of 32 random bytes, and an open one has none", async () => {
  const { keys } = keyring();
  expect(keys.epochOf(ROOM)).toBeNull();
  const [key, ...others] = await keys.begin(ROOM);
  expect(others).toEqual([]);
  expect(Buffer.from(MediaKey.parse(key).key, "base64")).toHaveLength(MEDIA_KEY_BYTES);
  expect(await keys.begin(ROOM)).toEqual([key]);
  expect(await keys.begin(OPEN)).toEqual([]);
  keys.renew(OPEN);
  expect([keys.epochOf(OPEN), renewed]).toEqual([null, []]);
});

test("when somebody leaves there is a new key, and for a moment the one that is spoken by as well", async () => {
  const { keys } = keyring();
  const [first] = await keys.begin(ROOM);
  keys.renew(ROOM);
  const [before, second] = keys.keysOf(ROOM);
  expect(before).toEqual(first);
  expect(second?.epoch).toBe(Number(first?.epoch) + 1);
  expect(second?.key).not.toBe(first?.key);
  expect(renewed).toEqual([ROOM]);
  vi.advanceTimersByTime(2 * OVERLAP_MS);
  expect(keys.keysOf(ROOM)).toEqual([second]);
});

test("a hundred people who leave at once bring about two new keys, and the last of them is made after all have gone", async () => {
  const { keys } = keyring();
  const [{ epoch: first } = { epoch: 0 }] = await keys.begin(ROOM);
  vi.advanceTimersByTime(60_000);
  for (let each = 0; each < 100; each += 1) keys.renewSoon(ROOM);
  expect(keys.epochOf(ROOM)).toBe(first + 1);
  vi.advanceTimersByTime(60_000);
  expect([keys.epochOf(ROOM), renewed]).toEqual([first + 2, [ROOM, ROOM]]);
});

test("the key lies in the database encrypted; after a start there is a newer one", async () => {
  const { db, keys } = keyring();
  const [first] = await keys.begin(ROOM);
  const { sealed } = db.prepare("SELECT sealed FROM crypto_media_keys").get() as { sealed: Buffer };
  expect(sealed.includes(first?.key ?? "")).toBe(false);
  expect(sealed.includes(Buffer.from(first?.key ?? "", "base64"))).toBe(false);
  const begun = first?.epoch ?? 0;
  const again = keyring(db).keys;
  expect(again.keysOf(ROOM)).toEqual([first, { epoch: begun + 16, key: expect.any(String) }]);
  // Put back beside another key file: nothing of before can be opened, and the epochs go on.
  const elsewhere = keyring(db, "another").keys;
  expect(elsewhere.keysOf(ROOM)).toEqual([{ epoch: begun + 32, key: expect.any(String) }]);
});

test("where the database was lost, or is an old one, no epoch comes twice: pages in the call would keep to the key they have", async () => {
  const { keys, db } = keyring();
  await keys.begin(ROOM);
  const old = db.serialize();
  for (let each = 0; each < 100; each += 1) {
    vi.advanceTimersByTime(OVERLAP_MS + 500);
    keys.renew(ROOM);
  }
  const last = keys.epochOf(ROOM) ?? 0;
  vi.advanceTimersByTime(1_000);
  const [anew] = await keyring().keys.begin(ROOM);
  expect(anew?.epoch).toBeGreaterThan(last);
  expect(keyring(new Database(old)).keys.epochOf(ROOM)).toBeGreaterThan(last);
});
