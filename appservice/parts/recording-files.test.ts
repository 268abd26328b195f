import { expect, test } from "vitest";
import { ANN, BOB, recordingService, ROOM } from "../../tests/support/call/recording-service.ts";

const SLOW = { timeout: 120_000 };

/** A call of two that is recorded as one file, which is there. */
async function recordedCall() {
  const it = await recordingService("room");
  it.comes(ANN);
  it.allow(ANN, true);
  it.start();
  await expect.poll(it.egress.recording).toEqual(["call"]);
  it.write();
  return { ...it, people: () => it.stores.db.prepare("SELECT people FROM recordings").pluck().get() };
}

test("with the no of somebody who came in later, and had allowed it, the file of the call is gone", async () => {
  const { egress, allow, comes, leaves, there, people, stores } = await recordedCall();
  allow(BOB, true);
  comes(BOB);
  await expect.poll(people).toBe(JSON.stringify([ANN, BOB]));
  leaves(BOB);
  expect(egress.all).toHaveLength(1);
  expect(stores.recordings.toRemove(0)).toEqual([]);
  allow(BOB, false);
  expect(stores.recordings.toRemove(0)).toHaveLength(1);
  expect(there()).toBe(1);
  allow(ANN, false);
  await expect.poll(egress.recording).toEqual([]);
  egress.finish();
  comes(ANN);
  await expect.poll(there, SLOW).toBe(0);
});

test("a file goes in which somebody is for a second without a yes, also while Egress cannot be asked", async () => {
  const { egress, comes, leaves, there, people } = await recordedCall();
  egress.state.away = true;
  comes(BOB);
  await expect.poll(people).toBe(JSON.stringify([ANN, BOB]));
  leaves(BOB);
  egress.state.away = false;
  await expect.poll(() => egress.all[0]?.status, SLOW).toBe("EGRESS_ACTIVE");
  expect(there()).toBe(1);
  if (egress.all[0]) egress.all[0].status = "EGRESS_COMPLETE";
  await expect.poll(there, SLOW).toBe(0);
});

test("a no while Egress begins is heard: what it began is stopped, and its file goes", async () => {
  const { egress, allow, comes, start, write, there } = await recordingService("people");
  let answer = () => {};
  egress.state.beforeAnswer = new Promise((resolve) => (answer = resolve));
  comes(ANN);
  allow(ANN, true);
  start();
  await expect.poll(egress.recording).toEqual(["@ann:hs"]);
  write();
  allow(ANN, false);
  answer();
  await expect.poll(egress.recording).toEqual([]);
  egress.finish();
  comes(ANN);
  await expect.poll(there, SLOW).toBe(0);
});

test("a recording that Egress began without an answer, or that the database lost, goes with a no", async () => {
  const { egress, allow, comes, start, write, there, stores } = await recordingService("people");
  egress.state.mute = true;
  comes(ANN);
  allow(ANN, true);
  start();
  await expect.poll(egress.recording).toEqual(["@ann:hs"]);
  await expect.poll(() => stores.recordings.targets()).toEqual([{ target: "circle", files: 1 }]);
  const [file = ""] = stores.db.prepare("SELECT file FROM recordings").pluck().all() as string[];
  stores.recordings.removed(file);
  comes(ANN);
  await expect.poll(() => stores.recordings.has(file), SLOW).toBe(true);
  expect(egress.all).toHaveLength(1);
  write();
  allow(ANN, false);
  await expect.poll(egress.recording, SLOW).toEqual([]);
  egress.finish();
  comes(ANN);
  await expect.poll(there, SLOW).toBe(0);
});

test("what is to go goes while Egress is away, and once more when it is not written any more", async () => {
  const { egress, comes, write, there, stores } = await recordedCall();
  egress.state.away = true;
  stores.recordings.takeBack(ROOM, ANN);
  comes(ANN);
  await expect.poll(there, SLOW).toBe(0);
  write();
  expect(stores.recordings.targets()).toHaveLength(1);
  for (const each of egress.all) each.status = "EGRESS_COMPLETE";
  egress.state.away = false;
  await expect.poll(there, SLOW).toBe(0);
});

test("what is to go goes also without the section, and the log says where files are left", async () => {
  const { allow, restart, there, logged, stores } = await recordedCall();
  await restart({ records: false });
  expect(logged).toEqual([]);
  allow(ANN, false);
  stores.db.prepare("UPDATE recordings SET target = 'elsewhere'").run();
  await restart({ records: false });
  await expect.poll(() => logged.join("")).toContain("files of recordings are left beside a set");
  expect(there()).toBe(1);
  stores.db.prepare("UPDATE recordings SET target = 'circle'").run();
  await restart({ records: false });
  await expect.poll(there).toBe(0);
});
