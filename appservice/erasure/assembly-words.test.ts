import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { who } from "../../tests/support/assembly/table.ts";
import { assemblyServiceOnDisk, given } from "../../tests/support/erasure/wordy-assembly.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";
import { AssemblyId } from "../protocol/identity.ts";

const ROOM = roomId("!garden:hs");
const [ANN, BOB] = [who("ann"), who("bob")];

/** An assembly in which people gave words, in a database on the disk. */
function house() {
  const { file, clock, stores, ...service } = assemblyServiceOnDisk(ROOM);
  service.begun();
  const { id } = service.assemblies.of(ROOM)!;
  const { words } = stores.assemblyJournal;
  return {
    ...service,
    id,
    words,
    sealing: stores.journal.sealing,
    wish: (whose: typeof ANN) => service.erasing.takeBack({ room: ROOM, who: whose, at: clock.now, begun: clock.now }),
    read: () => JSON.stringify(stores.assemblyJournal.read(id)),
    logHolds: (word: string) => readFileSync(`${file}-wal`).includes(word),
  };
}

test("nothing is erased of who did not ask for it, nor of an assembly that is not known", async () => {
  const { words, id, read, wish } = house();
  const before = read();
  await words.erase(id, BOB);
  expect(read()).toBe(before);
  wish(BOB);
  const asked = read();
  await words.erase(AssemblyId.parse("a0123456789abcdef"), BOB);
  await words.letGo(AssemblyId.parse("a0123456789abcdef"), BOB);
  expect(read()).toBe(asked);
});

test("words that somebody gave after their wish stay, though they were sealed by a key that is destroyed", async () => {
  const { words, sealing, id, read, by, wish } = house();
  wish(ANN);
  by("ann", { type: "tell-all", text: given("ann", "later") });
  sealing.retire(ROOM, ANN, 1);
  await words.erase(id, ANN);
  expect(read()).toContain(given("ann", "later"));
  await words.letGo(id, ANN);
  sealing.destroy(ROOM, ANN);
  const left = read();
  expect(left).toContain(given("ann", "later"));
  for (const way of ["first", "told", "topic"]) expect(left, way).not.toContain(given("ann", way));
  for (const name of ["bob", "cid"]) expect(left).toContain(given(name, "proposed"));
});

test("the log beside the database holds nothing any more of what was written before an erasure", async () => {
  const { words, id, wish, logHolds } = house();
  wish(BOB);
  expect(logHolds("topic-chosen"), "or nothing would be proved").toBe(true);
  await words.erase(id, BOB);
  expect(logHolds("topic-chosen")).toBe(false);
});
