import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { NONE, OTHER, ROOM, rowsOf, soundOf } from "../../tests/support/move/moving-rows.ts";
import { movingScene } from "../../tests/support/move/moving-scene.ts";
import { WordKeys } from "../store/word-keys.ts";

test("all that is kept of a room goes along: rows, keys, withdrawals, sound; other rooms stay as they are", async () => {
  const { one, two, router } = await movingScene();
  const [before, other] = [rowsOf(one, ROOM), rowsOf(one, OTHER)];
  for (const [table, rows] of Object.entries(before)) expect([table, rows.length]).toEqual([table, 1]);
  const key = one.store.wordKeys.presentOf(ROOM, "");
  expect(await router.mover.move(ROOM, "two")).toMatchObject({ from: "one", to: "two" });
  expect(rowsOf(two, ROOM)).toEqual(before);
  expect(two.store.wordKeys.presentOf(ROOM, "")).toBe(key);
  expect(two.store.withdrawals.all()).toEqual([{ what: "room", room: ROOM, at: 5 }]);
  expect([soundOf(two), existsSync(join(two.store.audioFolder, two.store.audioOf(ROOM)))]).toEqual([2, true]);
  expect(two.heard.since).toBe(1_000_000);
  await expect.poll(() => rowsOf(one, ROOM)).toEqual(NONE);
  await expect.poll(() => router.moved.underWay()).toEqual([]);
  expect(rowsOf(one, OTHER)).toEqual(other);
  expect([soundOf(one), existsSync(join(one.store.audioFolder, one.store.audioOf(OTHER)))]).toEqual([0, true]);
  const file = `${one.store.database}-keys`;
  const keys = new WordKeys(file);
  expect(keys.find(key)).toBeNull();
  keys.close();
  expect(await router.mover.move(ROOM, "one")).toMatchObject({ from: "two", to: "one" });
  expect(rowsOf(one, ROOM)).toEqual(before);
});

test("a long sound goes along whole, and what a recorder left half written stays", async () => {
  const { one, two, router } = await movingScene();
  const [at, long] = ["0123456789abcdef", Buffer.alloc(1_000_000, "sound")];
  const folderOf = ({ store }: typeof one) => join(store.audioFolder, store.audioOf(ROOM), at);
  writeFileSync(join(folderOf(one), "mabcdefgh.2.7.flac"), long);
  writeFileSync(join(folderOf(one), "mabcdefgh.3.9.part"), "so");
  expect(await router.mover.move(ROOM, "two")).toMatchObject({ to: "two" });
  expect(readFileSync(join(folderOf(two), "mabcdefgh.2.7.flac")).equals(long)).toBe(true);
  expect(existsSync(join(folderOf(two), "mabcdefgh.3.9.part"))).toBe(false);
});

test("a room stays where the router's disk takes no move, and can be moved when it does", async () => {
  const { one, router } = await movingScene();
  const begin = vi.spyOn(router.moved, "begin").mockImplementationOnce(() => {
    throw new Error("the disk is full");
  });
  await expect(router.mover.move(ROOM, "two")).rejects.toThrow("the disk is full");
  expect([router.mover.isMoving(ROOM), one.has()]).toEqual([false, true]);
  begin.mockRestore();
  expect(await router.mover.move(ROOM, "two")).toMatchObject({ to: "two" });
});

const orders = [
  ["one", "leave", "before"],
  ["one", "leave", "midst"],
  ["two", "PUT", "before"],
  ["two", "PUT", "midst"],
  ["two", "PUT", "after"],
  ["two", "begin", "before"],
  ["two", "begin", "after"],
  ["one", "forget", "before"],
  ["one", "forget", "after"],
] as const;

test.each(orders)(
  "shard %s dies at “%s”, %s it is done: the room is on one of them, whole",
  async (victim, order, when) => {
    const { one, two, router } = await movingScene();
    const before = rowsOf(one, ROOM);
    const dying = victim === "one" ? one : two;
    dying.dieAt({ order, when });
    const moving = router.mover.move(ROOM, "two").catch(String);
    await expect.poll(() => dying.isDead()).toBe(true);
    await expect.poll(() => router.moved.of(victim).moving).toEqual([]);
    await dying.start(router.moved);
    await moving;
    await expect.poll(() => router.moved.underWay()).toEqual([]);
    const [has, hasNot] = one.has() ? [one, two] : [two, one];
    expect([has.has(), hasNot.has()]).toEqual([true, false]);
    expect(rowsOf(has, ROOM)).toEqual(before);
    expect(rowsOf(hasNot, ROOM)).toEqual(NONE);
    expect(router.mover.isMoving(ROOM)).toBe(false);
    const to = one.has() ? "two" : "one";
    expect(await router.mover.move(ROOM, to)).toMatchObject({ to });
  },
);

test.each(["leave", "PUT", "begin", "forget"])(
  "the router dies at “%s”, and goes on or back when it is up again",
  async (order) => {
    const { one, two, router, again } = await movingScene();
    const before = rowsOf(one, ROOM);
    const at = order === "leave" || order === "forget" ? one : two;
    at.dieAt({ order, when: "before" });
    void router.mover.move(ROOM, "two").catch(() => {});
    await expect.poll(() => at.isDead()).toBe(true);
    const { moved, mover } = again();
    await at.start(moved);
    await expect.poll(() => moved.underWay()).toEqual([]);
    const [has, hasNot] = one.has() ? [one, two] : [two, one];
    expect([has.has(), hasNot.has(), mover.isMoving(ROOM)]).toEqual([true, false, false]);
    expect([rowsOf(has, ROOM), rowsOf(hasNot, ROOM)]).toEqual([before, NONE]);
    expect(moved.shardOf(ROOM)).toBe(has === one ? "one" : "two");
  },
);
