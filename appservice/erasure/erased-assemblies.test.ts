import { erasingDesk } from "../../tests/support/erasure/erasing-desk.ts";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { replayAssembly } from "../assembly/evolve.ts";
import { isRunning } from "../circle/meeting.ts";
import type { MeetingId, ParticipantId } from "../protocol/identity.ts";
import { formatSoundKey } from "../protocol/sound-key.ts";
import { SealedSound } from "../store/sealed-sound.ts";
import { wordKeysOf } from "../store/word-keys.ts";
import { openStores } from "../stores.ts";
import { RoomErasures } from "./room-erasures.ts";
import { planned, who } from "../../tests/support/assembly/table.ts";
import { assemblyService, EIGHT, given } from "../../tests/support/erasure/wordy-assembly.ts";
import { readableUnder } from "../../tests/support/journal/readable.ts";
import { council } from "../../tests/support/circle/play.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { eventId, roomId } from "../../tests/support/protocol/ids.ts";

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
    const given = new Map<ParticipantId, number>();
    const desk = erasingDesk(stores, {
      purposes: {
        shownTo(_, name) {
          const since = given.get(name) ?? null;
          return [{ purpose: "sound", text: "", hash: "", offered: true, given: since === null ? null : true, since }];
        },
        answer: () => ({ accepted: true, events: [] }),
      },
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
      /** Somebody lets their sound be kept from now on. */
      allowSound(name: string) {
        given.set(who(name), clock.now);
        stores.audio.consent({ room: ROOM, speaker: who(name) }, true);
      },
      erase: async (name: string) => {
        desk.ask(ROOM, who(name));
        await expect.poll(() => stores.erasures.pending()).toEqual([]);
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

/**
 * Words of somebody's that can be made out from the files under a folder: from their bytes, and with the keys there.
 */
const wordsLeft = (folder: string, name: string) => [
  ...new Set([...readableUnder(folder).matchAll(new RegExp(`${name}zq\\w*`, "g"))].map(([word]) => word)),
];
const GIVEN = {
  ann: ["first", "told", "topic"].map((way) => given("ann", way)),
  bob: ["proposed", "summed", "typed"].map((way) => given("bob", way)),
  cid: ["proposed", "summed", "typed"].map((way) => given("cid", way)),
};

/** Keeps the sound of something said, sealed as the scribe seals it. */
function keepSound(
  { audio, audioFolder, journal, db }: ReturnType<typeof openStores>,
  meeting: MeetingId,
  { speaker, ...at }: { readonly speaker: ParticipantId; readonly turn: number; readonly startedAt: number },
): void {
  const file = join(audioFolder, audio.placeFor({ room: ROOM, speaker }, { meeting, ...at }) ?? "");
  const name = formatSoundKey({ meeting, ...at });
  mkdirSync(dirname(file), { recursive: true });
  const by = journal.sealing.presentKey(ROOM, speaker);
  writeFileSync(file, new SealedSound(wordKeysOf(db)).seal(Buffer.from("the sound of it"), name, by));
}

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
    await expect.poll(() => next.stores.erasures.pending()).toEqual([]);
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

test.each([
  ["begins", { type: "start", plan: planned([{ kind: "rings" }], {}, "tea"), topic: "tea", seed: 7 }, "running"],
  ["is called off", { type: "end" }, "ended"],
] as const)("an assembly that %s while it is looked whether it is to be forgotten stays", async (_, request, phase) => {
  const it = place().open();
  it.assemblies.open(ROOM, "en");
  for (const name of EIGHT) it.by(name, { type: "join", name, language: null });
  const looked = it.erasing.forgetBefore(ROOM, Infinity);
  expect(it.by("ann", request)).toMatchObject({ accepted: true });
  await looked;
  const [memory, journal] = it.seen();
  expect(memory).toMatchObject({ phase });
  expect(journal).toEqual(memory);
  await it.close();
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

test.each([
  ["one entry", "seq = 4"],
  ["all entries that name them", "body LIKE '%bob%'"],
])("where %s of an assembly cannot be read, messages with somebody's words go, and others stay", async (_, which) => {
  const { clock, open } = place();
  const it = open();
  it.begun();
  it.end();
  it.deliver();
  const [id] = it.stores.assemblyJournal.begunBefore(ROOM, Infinity);
  clock.now += 1_000;
  it.begun();
  it.stores.db.prepare(`UPDATE assembly_events SET body = '{' WHERE assembly = ? AND ${which}`).run(id);
  const said = it.sent.filter((text) => text.includes("zq")).map((text) => text.split(" ")[0] ?? "");
  const bobs = it.sent.filter((text) => text.includes("bobzq")).map((text) => text.split(" ")[0] ?? "");
  expect(bobs.length).toBeLessThan(said.length);
  await it.erase("bob");
  const taken = it.takenAway();
  expect(taken).toEqual(expect.arrayContaining(bobs));
  expect(taken.length).toBeLessThan(said.length);
  expect(it.deliver().join()).not.toContain("bobzq");
  await it.close();
});

describe("a room that is erased whole", () => {
  /** Erases the room as the admin asks for it: looks until nothing is left that began by then, or nothing changes. */
  async function erased(
    { stores, meetings, erasing, desk }: ReturnType<ReturnType<typeof place>["open"]>,
    at: number,
    left = () =>
      [...stores.assemblyJournal.begunBefore(ROOM, at + 1), ...stores.journal.begunBefore(ROOM, at + 1)] as unknown[],
  ) {
    const rooms = new RoomErasures({
      ...stores,
      withdrawals: { all: () => [{ what: "room", room: ROOM, at }] },
      meetings,
      assemblies: erasing,
      forget: async (room, which) => {
        await erasing.forgetBefore(room, which.begun, which.still);
        await meetings.forget(room, { ...which, isHeld: (meeting) => erasing.holds(room, meeting) });
      },
    });
    for (let look = 0; look < 6 && left().length > 0; look++) {
      await rooms.look();
      desk.look();
      await expect.poll(() => stores.erasures.pending(), { timeout: 20_000 }).toEqual([]);
      for (const meeting of stores.journal.unwritten()) stores.journal.written(meeting);
    }
    return left();
  }

  test("loses an assembly that people gather for, and what the room shows of it", async () => {
    const { clock, open } = place();
    const it = open();
    it.assemblies.open(ROOM, "en");
    it.by("ann", { type: "join", name: "ann", language: null });
    it.deliver();
    const asked = clock.now;
    clock.now += 5_000;
    it.by("bob", { type: "join", name: "bob", language: null });
    it.deliver();
    expect(await erased(it, asked)).toEqual([]);
    expect(it.assemblies.of(ROOM)).toBeNull();
    expect(it.takenAway()).toEqual(["$e0"]);
    expect(it.deliver()).toEqual([]);
    expect(it.assemblies.open(ROOM, "en")).toMatchObject({ accepted: true });
    await it.close();
  });

  test("loses an assembly that has no end and that nobody keeps any more, with its groups", async () => {
    const { folder, clock, open } = place();
    const it = open();
    it.begun();
    const sql = "UPDATE assembly_events SET body = replace(body, 'words-told', ?) WHERE body LIKE ?";
    it.stores.db.prepare(sql).run("words-shouted", "%words-told%");
    await it.close();
    const next = open();
    clock.now += 1_000;
    next.rings.start();
    expect(next.meetings.all().filter(({ meeting }) => isRunning(meeting))).toEqual([]);
    next.assemblies.open(ROOM, "en");
    next.stores.db.prepare(sql).run("words-told", "%words-shouted%");
    const asked = clock.now - 500;
    expect(await erased(next, asked)).toEqual([]);
    next.deliver();
    next.takenAway();
    expect(next.assemblies.of(ROOM), "the newer one is left alone").toMatchObject({ phase: "gathering" });
    await next.close();
    for (const name of ["ann", "bob", "cid"]) expect(wordsLeft(folder, name), name).toEqual([]);
  });

  test("loses one that went on then once it is over, with all that was said until its end", async () => {
    const { folder, clock, open } = place();
    const it = open();
    it.begun();
    const asked = clock.now;
    expect(await erased(it, asked), "it goes on").not.toEqual([]);
    clock.now += 1_000;
    it.by("ann", { type: "tell-all", text: given("ann", "later") });
    it.deliver();
    it.end();
    expect(await erased(it, asked)).toEqual([]);
    it.deliver();
    it.takenAway();
    await it.close();
    for (const name of ["ann", "bob", "cid"]) expect(wordsLeft(folder, name), name).toEqual([]);
  });

  test("keeps a circle that people gathered later beside its assembly, and what they said in it", async () => {
    const { clock, open } = place();
    const it = open();
    it.begun();
    const asked = clock.now;
    await erased(it, asked);
    clock.now += 1_000;
    const actor = madeActor(who("xan"), { name: "xan", moderates: true });
    it.meetings.send(ROOM, { type: "join", name: "xan", actor, at: clock.now, expectedVersion: null });
    clock.now += 1_000;
    it.end();
    expect(await erased(it, asked)).toEqual([]);
    expect(it.assemblies.of(ROOM)).toBeNull();
    expect(it.stores.journal.begunBefore(ROOM, Infinity)).toEqual([it.meetings.of(ROOM)?.meeting.id]);
    expect(it.stores.erasures.isDone({ room: ROOM, who: who("xan"), at: asked })).toBe(false);
    await it.close();
  });

  test("keeps words and sound of people of its assembly in a circle that began before that was over", async () => {
    const { folder, clock, open } = place();
    const it = open();
    it.begun();
    const asked = clock.now;
    await erased(it, asked);
    clock.now += 1_000;
    it.allowSound("bob");
    const bob = { actor: madeActor(who("bob"), { name: "bob", moderates: true }), expectedVersion: null };
    it.meetings.send(ROOM, { type: "join", name: "bob", ...bob, at: clock.now });
    it.meetings.send(ROOM, { type: "start", plan: council(), topic: "tea", seed: 1, ...bob, at: clock.now });
    const later = it.meetings.of(ROOM)?.meeting.id ?? expect.unreachable("it has not begun");
    const comment = { id: "$later", circle: 0, turn: 1, who: who("bob"), name: "bob", at: clock.now };
    it.meetings.note(later, { type: "comment-made", comment: { ...comment, text: given("bob", "later") } });
    const spoken = { turn: 1, startedAt: clock.now, speaker: who("bob") };
    keepSound(it.stores, later, spoken);
    const recording = { target: "set", room: ROOM, people: [who("bob")], at: clock.now };
    it.stores.recordings.note({ ...recording, file: "later", meeting: later });
    clock.now += 1_000;
    it.by("ann", { type: "end" });
    expect(await erased(it, asked, () => it.stores.journal.recordBefore(ROOM, asked + 1))).toEqual([]);
    it.deliver();
    it.takenAway();
    expect(it.meetings.of(ROOM)?.record.comments.map(({ text }) => text)).toEqual([given("bob", "later")]);
    const sound = await it.stores.audio.read(ROOM, later, spoken);
    expect(sound && Buffer.from(sound).toString()).toBe("the sound of it");
    expect(it.stores.recordings.stays("later")).toBe(true);
    expect(it.stores.erasures.coversIn(later, who("bob"), asked + 1_500), "late texts of it, too").toBe(false);
    await it.close();
    expect(wordsLeft(folder, "bob")).toEqual([given("bob", "later")]);
  });

  test("keeps an assembly for which people gathered later beside its circle, and the groups of that one", async () => {
    const { clock, open } = place();
    const it = open();
    const own = { actor: madeActor(who("xan"), { name: "xan", moderates: true }), expectedVersion: null };
    it.meetings.send(ROOM, { type: "join", name: "xan", ...own, at: clock.now });
    it.meetings.send(ROOM, { type: "start", plan: council(), topic: "tea", seed: 1, ...own, at: clock.now });
    const asked = clock.now;
    clock.now += 1_000;
    it.begun();
    it.meetings.send(ROOM, { type: "end", ...own, at: clock.now });
    expect(await erased(it, asked)).toEqual([]);
    expect(it.meetings.of(ROOM)).toBeNull();
    expect(it.assemblies.of(ROOM)).toMatchObject({ phase: "running" });
    expect(it.stores.journal.begunBefore(ROOM, Infinity)).toHaveLength(2);
    await it.close();
  });

  test("keeps the groups of its assembly whole while people come into them", async () => {
    const { clock, open } = place();
    const it = open();
    it.assemblies.open(ROOM, "en");
    for (const name of EIGHT) it.by(name, { type: "join", name, language: null });
    it.by("ann", { type: "start", plan: planned([{ kind: "rings" }], {}, "tea"), topic: "tea", seed: 7 });
    const phases = () => it.meetings.all().map(({ meeting }) => meeting.phase);
    const gathered = phases();
    expect(new Set(gathered)).toEqual(new Set(["gathering"]));
    clock.now += 1_000;
    await erased(it, clock.now);
    expect(phases()).toEqual(gathered);
    it.later(30);
    expect(phases()).toEqual(gathered.map(() => "circle"));
    await it.close();
  });

  test("loses groups that its assembly had later, also where that was forgotten before them", async () => {
    const { clock, open } = place();
    const it = open();
    const asked = clock.now;
    it.begun();
    it.end();
    clock.now += 1_000;
    await it.erasing.forgetBefore(ROOM, clock.now, Infinity);
    expect(it.stores.journal.begunBefore(ROOM, asked + 1)).toEqual([]);
    await erased(it, asked, () => it.stores.journal.begunBefore(ROOM, Infinity));
    expect(it.stores.journal.begunBefore(ROOM, Infinity)).toEqual([]);
    await it.close();
  });
});

test("a message of an assembly that people took away stays away when somebody is erased", async () => {
  const it = place().open();
  it.begun();
  it.end();
  it.deliver();
  const own = it.sent.find((text) => text.includes("annzqtopic"))?.split(" ")[0] ?? "";
  it.stores.outbox.takenAwayByPeople(eventId(own));
  await it.erase("ann");
  expect(it.takenAway(), "earlier versions of it go").not.toEqual([]);
  const { scope, key } = it.stores.outbox.postOf(eventId(own)) ?? expect.unreachable("it is not known any more");
  expect(it.stores.outbox.eventOf(scope, key), "what comes next is an edit of it, which nobody sees").toBe(own);
  await it.close();
});

test("where the room moves meanwhile, its other assemblies are left to whoever has it then", async () => {
  const { clock, open } = place();
  const it = open();
  it.begun();
  it.end();
  it.begun();
  const wish = { room: ROOM, who: who("bob"), at: clock.now, begun: clock.now };
  it.erasing.takeBack(wish);
  const { words } = it.stores.assemblyJournal;
  const [erased, sealed] = [vi.spyOn(words, "erase"), vi.spyOn(words, "letGo")];
  await it.erasing.erase(wish, () => erased.mock.calls.length > 0);
  await it.erasing.letGo(ROOM, who("bob"), () => sealed.mock.calls.length > 0);
  expect([erased.mock.calls.length, sealed.mock.calls.length]).toEqual([1, 1]);
  await it.close();
});
