import { erasingDesk } from "../../tests/support/erasure/erasing-desk.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { replayAssembly } from "../assembly/evolve.ts";
import { openStores } from "../stores.ts";
import { who } from "../../tests/support/assembly/table.ts";
import { assemblyService, EIGHT, given } from "../../tests/support/erasure/wordy-assembly.ts";
import { readableUnder } from "../../tests/support/journal/readable.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";

const ROOM = roomId("!garden:hs");

/** A service's data on the disk, opened as at each start, and its assemblies. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-erased-assemblies-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = { now: Date.UTC(2026, 10, 24) };
  const open = (before: (step: string) => void = () => {}) => {
    const now = () => clock.now;
    const stores = openStores(join(folder, "mindminder.db"), { keepAudioDays: 30, now, say: () => {} });
    const service = assemblyService(stores, ROOM, clock);
    const steps: string[] = [];
    const desk = erasingDesk(stores, {
      meetings: service.meetings,
      assemblies: service.erasing,
      now,
      before(step) {
        steps.push(step);
        before(step);
      },
    });
    return {
      ...service,
      stores,
      desk,
      steps,
      erase: async (name: string) => {
        desk.ask(ROOM, who(name));
        await expect.poll(() => stores.erasures.pending(), { timeout: 20_000 }).toEqual([]);
      },
      /** The newest assembly in memory, and as its journal has it. */
      seen: () => {
        const assembly = service.assemblies.of(ROOM);
        if (!assembly) throw new Error("there is none");
        return [assembly, replayAssembly(stores.assemblyJournal.read(assembly.id))];
      },
      close: async () => {
        await desk.stop();
        service.close();
        stores.close();
      },
    };
  };
  return { folder, clock, open };
}

/** Words of somebody's that can be made out from the files under a folder: from their bytes, and with the keys there. */
const wordsLeft = (folder: string, name: string) => [
  ...new Set([...readableUnder(folder).matchAll(new RegExp(`${name}zq\\w*`, "g"))].map(([word]) => word)),
];
const GIVEN = {
  ann: ["first", "told", "topic"].map((way) => given("ann", way)),
  bob: ["proposed", "summed", "typed"].map((way) => given("bob", way)),
  cid: ["proposed", "summed", "typed"].map((way) => given("cid", way)),
};

test("words of an assembly lie in no file as they were given, and are read with the keys alone", async () => {
  const { folder, open } = place();
  const it = open();
  it.begun();
  it.deliver();
  const [memory, journal] = it.seen();
  expect(journal).toEqual(memory);
  await it.close();
  for (const name of ["ann", "bob", "cid"] as const) expect(wordsLeft(folder, name).sort()).toEqual(GIVEN[name]);
  rmSync(join(folder, "mindminder.db-keys"));
  for (const name of ["ann", "bob", "cid"]) expect(wordsLeft(folder, name)).toEqual([]);
});

test.each([
  { name: "bob", phase: "running" },
  { name: "ann", phase: "ended" },
] as const)(
  "of $name no byte is left of an assembly that is $phase, and of one before it; others' words stand",
  async ({ name, phase }) => {
    const { folder, open } = place();
    const it = open();
    it.begun();
    it.deliver();
    it.end();
    it.begun();
    it.deliver();
    if (phase === "ended") it.end();
    expect(wordsLeft(folder, name).sort()).toEqual(GIVEN[name]);

    await it.erase(name);
    const holding = it.sent.filter((text) => text.includes(`${name}zq`)).map((text) => text.split(" ")[0]);
    expect(holding.length).toBeGreaterThanOrEqual(2);
    expect(it.takenAway()).toEqual(expect.arrayContaining(holding));
    const later = it.deliver();
    expect(later.join()).not.toContain(`${name}zq`);
    const [memory, journal] = it.seen();
    expect(journal, "it is read again as it is in memory").toEqual(memory);
    expect(JSON.stringify(memory)).not.toContain(`${name}zq`);
    expect(memory).toMatchObject({ phase, erased: [who(name)] });
    await it.close();
    expect(wordsLeft(folder, name)).toEqual([]);
    const others = (["ann", "bob", "cid"] as const).filter((each) => each !== name);
    for (const other of others) expect(wordsLeft(folder, other).sort(), other).toEqual(GIVEN[other]);
  },
);

test("an assembly goes on after an erasure: groups sit as they did, and what is said later stands", async () => {
  const { folder, open } = place();
  const it = open();
  it.begun();
  const seats = () => EIGHT.map((name) => it.assemblies.seatOf(ROOM, who(name)));
  const before = seats();
  await it.erase("ann");
  expect(seats()).toEqual(before);
  expect(it.deliver().join(), "nor is it said from now on").not.toContain(given("ann", ""));
  it.by("ann", { type: "tell-all", text: given("ann", "later") });
  expect(it.seen()[0]).toMatchObject({ told: { text: given("ann", "later") } });
  await it.close();
  const again = open();
  again.desk.look();
  await again.close();
  expect(wordsLeft(folder, "ann")).toEqual([given("ann", "later")]);
});

test("an erasure that a kill interrupts at any step is done by the next start", async () => {
  const steps = await (async () => {
    const it = place().open();
    it.begun();
    await it.erase("bob");
    await it.close();
    return it.steps.filter((step) => step.includes("assembl"));
  })();
  expect(steps).toEqual(["take back in assemblies", "erase from assemblies", "seal assemblies anew"]);
  for (const killed of [...steps, "destroy the keys"]) {
    const { folder, open } = place();
    const it = open((step) => {
      if (step === killed) throw new Error("killed");
    });
    it.begun();
    it.deliver();
    it.desk.ask(ROOM, who("bob"));
    await expect.poll(() => it.steps).toContain(killed);
    await it.close();
    const next = open();
    next.desk.look();
    await expect.poll(() => next.stores.erasures.pending(), { timeout: 20_000 }).toEqual([]);
    next.deliver();
    await next.close();
    expect(wordsLeft(folder, "bob"), killed).toEqual([]);
  }
});

test("assemblies are forgotten with the meetings of their room, once they are over for so long", async () => {
  const { folder, clock, open } = place();
  const it = open();
  it.begun();
  it.deliver();
  clock.now += 86_400_000;
  await it.erasing.forgetBefore(ROOM, clock.now);
  expect(it.assemblies.of(ROOM), "one that runs stays whole").toMatchObject({ phase: "running" });
  it.end();
  await it.erasing.forgetBefore(ROOM, clock.now);
  expect(it.assemblies.of(ROOM)).toMatchObject({ phase: "ended" });
  await it.erasing.forgetBefore(ROOM, clock.now + 1);
  expect(it.assemblies.of(ROOM)).toBeNull();
  for (const meeting of it.stores.journal.begunBefore(ROOM, Infinity)) it.stores.journal.forget(meeting, clock.now);
  await it.close();
  for (const name of ["ann", "bob", "cid"]) expect(wordsLeft(folder, name), name).toEqual([]);
});

test("an erasure that is written after its end keeps no assembly from being forgotten", async () => {
  const it = place();
  const service = it.open();
  service.begun();
  service.end();
  const endedAt = it.clock.now;
  it.clock.now += 1_000;
  await service.erase("ann");
  await service.erasing.forgetBefore(ROOM, endedAt);
  expect(service.assemblies.of(ROOM)).toMatchObject({ phase: "ended", erased: [who("ann")] });
  await service.erasing.forgetBefore(ROOM, endedAt + 1);
  expect(service.stores.assemblyJournal.begunBefore(ROOM, Infinity)).toEqual([]);
  await service.close();
});

test.each(["{", "[]", '{"type":"no-such-event"}'])(
  "an assembly that holds %j holds no erasure up, and is forgotten as one that is over",
  async (body) => {
    const { folder, clock, open } = place();
    const it = open();
    it.begun();
    it.end();
    const [broken] = it.stores.assemblyJournal.begunBefore(ROOM, Infinity);
    clock.now += 1_000;
    it.begun();
    it.deliver();
    it.stores.db.prepare("UPDATE assembly_events SET body = ? WHERE assembly = ? AND seq = 3").run(body, broken);
    await it.erase("bob");
    await it.erasing.forgetBefore(ROOM, clock.now);
    expect(it.stores.assemblyJournal.begunBefore(ROOM, Infinity)).toEqual([it.assemblies.of(ROOM)?.id]);
    it.deliver();
    it.takenAway();
    await it.close();
    expect(wordsLeft(folder, "bob")).toEqual([]);
  },
);

test("where the room moves meanwhile, its other assemblies are left to whoever has it then", async () => {
  const { clock, open } = place();
  const it = open();
  it.begun();
  it.end();
  it.begun();
  it.erasing.takeBack(ROOM, who("bob"), clock.now);
  const { words } = it.stores.assemblyJournal;
  const [erased, sealed] = [vi.spyOn(words, "erase"), vi.spyOn(words, "letGo")];
  await it.erasing.erase(ROOM, who("bob"), clock.now, () => erased.mock.calls.length > 0);
  await it.erasing.letGo(ROOM, who("bob"), () => sealed.mock.calls.length > 0);
  expect([erased.mock.calls.length, sealed.mock.calls.length]).toEqual([1, 1]);
  await it.close();
});
