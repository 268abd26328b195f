import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { ANN, BOB, recordingService } from "../../tests/support/call/recording-service.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

test("each who allowed it is recorded while the meeting goes on, from their yes to their no, and the room is told", async () => {
  const { egress, allow, comes, start, end, said, shown, files } = await recordingService("people");
  for (const who of [ANN, BOB]) comes(who);
  allow(ANN, true);
  start();
  await expect.poll(egress.recording).toEqual(["@ann:hs"]);
  await expect.poll(() => said).toEqual(["● This call is being recorded, of those who allowed it."]);
  expect(files()[0]).toMatch(/\/sets\/recordings\/m\w+\/\d+-[0-9a-f]{16}\.ogg$/);
  allow(BOB, true);
  await expect.poll(egress.recording).toEqual(["@ann:hs", "@bob:hs"]);
  await expect.poll(() => shown.at(-1)).toEqual({ people: [ANN, BOB], whole: false });
  allow(ANN, false); // in mid-turn
  await expect.poll(egress.recording).toEqual(["@bob:hs"]);
  end();
  await expect.poll(egress.recording).toEqual([]);
  await expect.poll(() => said.at(-1)).toBe("The call is not recorded any more.");
  expect(shown.at(-1)).toEqual({ people: [], whole: false });
});

test("a whole call is recorded only while everybody in it has allowed it: who comes in without a yes ends that", async () => {
  const { egress, allow, comes, start, shown } = await recordingService("room", { picture: true });
  comes(ANN);
  start();
  allow(ANN, true);
  await expect.poll(egress.recording).toEqual(["call"]);
  expect(egress.all[0]?.roomComposite).toMatchObject({ roomName: "call-1" });
  await expect.poll(() => shown.at(-1)).toEqual({ people: [ANN], whole: true });
  comes(BOB);
  await expect.poll(egress.recording).toEqual([]);
  allow(BOB, true);
  await expect.poll(egress.recording).toEqual(["call"]);
});

test("a yes to another sentence than today's, which did not speak of recording, is none", async () => {
  const { egress, allow, comes, start } = await recordingService("people");
  for (const who of [ANN, BOB]) comes(who);
  allow(ANN, true, "0".repeat(64));
  allow(BOB, true);
  start();
  await expect.poll(egress.recording).toEqual(["@bob:hs"]);
});

test("while Egress is away nothing else stands still; it is asked again, and a restart goes on with what is recorded", async () => {
  const { egress, allow, comes, start, restart } = await recordingService("people");
  egress.state.away = true;
  comes(ANN);
  allow(ANN, true);
  start();
  egress.state.away = false;
  await expect.poll(egress.recording).toEqual(["@ann:hs"]);
  await restart();
  const looks = () => egress.asked.filter((method) => method === "ListEgress").length;
  const before = looks();
  await expect.poll(looks).toBeGreaterThan(before);
  await expect.poll(egress.recording).toEqual(["@ann:hs"]);
  expect(egress.all, "and does not begin another").toHaveLength(1);
});

test("with their no a person's recordings are gone, and others' stay", async () => {
  const { egress, allow, comes, start, write, there } = await recordingService("people");
  for (const who of [ANN, BOB]) {
    comes(who);
    allow(who, true);
  }
  start();
  await expect.poll(egress.recording).toHaveLength(2);
  write();
  expect(there()).toBe(2);
  allow(ANN, false);
  await expect.poll(egress.recording).toEqual(["@bob:hs"]);
  comes(BOB);
  expect(there(), "it is written still").toBe(2);
  egress.finish();
  comes(BOB);
  await expect.poll(there).toBe(1);
});

test("a restart tells nothing again, and tells what ended while the service was away", async () => {
  const { egress, allow, comes, leaves, start, end, restart, said } = await recordingService("people");
  comes(ANN);
  allow(ANN, true);
  start();
  await expect.poll(() => said).toHaveLength(1);
  const looks = () => egress.asked.filter((method) => method === "ListEgress").length;
  const before = looks();
  await restart();
  await expect.poll(looks).toBeGreaterThan(before);
  expect(said).toHaveLength(1);
  await restart({ meanwhile: () => leaves(ANN) }); // as if LiveKit had not said yet who is there
  const after = looks();
  await expect.poll(looks).toBeGreaterThan(after);
  comes(ANN);
  await expect.poll(looks).toBeGreaterThan(after + 1);
  expect([egress.recording(), egress.all.length, said.length]).toEqual([["@ann:hs"], 1, 1]);
  await restart({ meanwhile: () => void end() });
  await expect.poll(() => said.slice(1)).toEqual(["The call is not recorded any more."]);
});

test("services that record to one place with one LiveKit leave each other's recordings alone", async () => {
  const { egress, allow, comes, start, files, folder } = await recordingService("people", { shard: "one" });
  const theirs = { filepath: join(folder, "sets/recordings/two/m00000001/1-0123456789abcdef.ogg") };
  egress.all.push({
    egressId: "EG_theirs",
    roomName: "call-2",
    status: "EGRESS_ACTIVE",
    participant: { identity: "@cleo:hs", fileOutputs: [theirs] },
  });
  comes(ANN);
  allow(ANN, true);
  start();
  await expect.poll(egress.recording).toEqual(["@ann:hs", "@cleo:hs"]);
  expect(files()[1]).toMatch(/\/sets\/recordings\/one\/m\w+\/\d+-[0-9a-f]{16}\.ogg$/);
  allow(ANN, false);
  await expect.poll(egress.recording).toEqual(["@cleo:hs"]);
});

test("what people allow is read once a look, however many they are", async () => {
  const { egress, allow, comes, start, stores } = await recordingService("people");
  const read = vi.spyOn(stores.purposeJournal, "read");
  allow(ANN, true);
  start();
  for (let nth = 0; nth < 100; nth += 1) comes(personId(`@person${nth}:hs`));
  read.mockClear();
  comes(ANN);
  await expect.poll(egress.recording).toEqual(["@ann:hs"]);
  expect(read.mock.calls.length).toBeLessThan(20);
});
