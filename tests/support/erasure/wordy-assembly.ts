import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { AssemblyRequest } from "../../../appservice/assembly/command.ts";
import { Elsewhere } from "../../../appservice/elsewhere/elsewhere.ts";
import type { Jobs } from "../../../appservice/elsewhere/jobs.ts";
import { RingMeetings } from "../../../appservice/journal/ring-meetings.ts";
import { Meetings } from "../../../appservice/journal/meetings.ts";
import { createAssemblyOutcome } from "../../../appservice/parts/assembly-outcome.ts";
import type { EventId, RoomId } from "../../../appservice/protocol/identity.ts";
import { tellOfAssemblies } from "../../../appservice/room/assembly-messages.ts";
import { openStores } from "../../../appservice/stores.ts";
import { planned, who } from "../assembly/table.ts";
import { openedAssemblies } from "../journal/opened-assemblies.ts";
import { madeActor } from "../protocol/made-actor.ts";
import pino from "pino";

const WORKER = new URL("../../../appservice/elsewhere/worker.ts", import.meta.url);

/** Eight people; Ann begins the assembly, Bob and Cid propose a topic each. */
export const EIGHT = ["ann", "bob", "cid", "dan", "eve", "fay", "gus", "hal"] as const;
type Name = (typeof EIGHT)[number];

/** A word that nobody but this person gave, and in this way. */
export const given = (name: string, way: string) => `${name}zq${way}`;

const PHASES = [
  { kind: "topics", seconds: 60 },
  { kind: "rings", seconds: 600, byTopic: true, delegate: "lot", theme: "On {topic}" },
  { kind: "delegates", seconds: 600 },
];

/** The same with stores of its own on the disk, which go with the test. */
export function assemblyServiceOnDisk(room: RoomId) {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-wordy-assembly-"));
  const file = join(folder, "mindminder.db");
  const clock = { now: 1_000_000 };
  const stores = openStores(file, { keepAudioDays: 30, now: () => clock.now, say: () => {} });
  const service = assemblyService(stores, room, clock);
  onTestFinished(() => {
    service.close();
    stores.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...service, file, clock, stores };
}

/** Assemblies of a database with the meetings of their rings, and all that the bot says of them. */
export function assemblyService(stores: ReturnType<typeof openStores>, room: RoomId, clock: { now: number }) {
  const now = () => clock.now;
  const { assemblies } = openedAssemblies(stores, now, "unreadable");
  const { unit } = stores.journal;
  const meetings = new Meetings({
    journal: stores.journal,
    now,
    languageOf: () => "en",
    seatOf: (of, id) => assemblies.seatOf(of, id),
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  const rings = new RingMeetings({ assemblies, meetings, unit, now, seed: () => 3 });
  const poster = { wake: () => {} };
  const { tellAssembly } = tellOfAssemblies(assemblies, { outbox: stores.outbox, poster });
  const elsewhere = new Elsewhere<Jobs>({ script: WORKER });
  const log = pino({ level: "silent" });
  const outcome = createAssemblyOutcome({ stores, meetings, assemblies, poster, tellAssembly, elsewhere, now, log });
  const sent: string[] = [];
  const deliver = () => {
    const before = sent.length;
    for (let post = stores.outbox.next(room); post; post = stores.outbox.next(room)) {
      const event = `$e${sent.length}` as EventId;
      stores.outbox.sent(post, event, clock.now);
      sent.push(`${event} ${JSON.stringify(post.content)}`);
    }
    return sent.slice(before);
  };
  const later = (seconds: number) => {
    clock.now += seconds * 1_000;
    assemblies.send(room, { type: "clock", at: clock.now });
  };
  const by = (name: Name, what: AssemblyRequest) =>
    assemblies.send(room, { ...what, actor: madeActor(who(name), { name, moderates: true }), at: clock.now });
  return {
    assemblies,
    meetings,
    rings,
    erasing: outcome.assemblyErasing,
    by,
    later,
    /** Everything that was sent, each with its event. */
    sent,
    /** Sends what waits, as the homeserver takes it; answers with it. */
    deliver,
    /** Events that the bot takes away, as the homeserver does it. */
    takenAway(): string[] {
      const gone: string[] = [];
      for (let next = stores.outbox.standing.nextToGo(room); next; next = stores.outbox.standing.nextToGo(room)) {
        stores.outbox.standing.went(next.eventId);
        gone.push(next.eventId);
      }
      return gone;
    },
    /** An assembly up to where its groups talk, and each group has said something that was summed up. */
    begun() {
      assemblies.open(room, "en");
      for (const name of EIGHT) by(name, { type: "join", name, language: null });
      const topic = given("ann", "topic");
      by("ann", { type: "start", plan: planned(PHASES, {}, topic), topic, seed: 7 });
      for (const name of ["bob", "cid"] as const) by(name, { type: "propose-topic", text: given(name, "proposed") });
      deliver();
      for (const [n, name] of EIGHT.entries()) by(name, { type: "choose-topic", topic: (n % 2) + 1 });
      by("ann", { type: "tell-all", text: given("ann", "first") });
      later(61);
      later(30);
      by("ann", { type: "tell-all", text: given("ann", "told") });
      for (const name of ["bob", "cid"] as const) speak(name);
    },
    end() {
      by("ann", { type: "end" });
    },
    close() {
      outcome.stop();
      rings.stop();
      assemblies.stop();
      meetings.stop();
      void elsewhere.close();
    },
  };

  function speak(name: Name): void {
    const place = meetings.placesIn(room).find((each) => {
      const people = meetings.of(each)?.meeting.people ?? [];
      return typeof each !== "string" && people.some(({ id }) => id === who(name));
    });
    const meeting = place && meetings.of(place)?.meeting.id;
    if (!meeting) throw new Error(`${name} sits in no ring`);
    const comment = { id: `$${name}`, circle: 0, turn: 1, who: who(name), name, at: clock.now };
    meetings.note(meeting, { type: "comment-made", comment: { ...comment, text: given(name, "typed") } });
    const sentences = [{ text: `They want ${given(name, "summed")}.`, from: [`$${name}`] }];
    const madeBy = {
      plugin: "summary",
      version: "1",
      method: "rules",
      model: null,
      prompt: null,
      at: clock.now,
    } as const;
    const entry = { about: { kind: "meeting" } as const, result: { form: "summary" as const, sentences }, madeBy };
    meetings.note(meeting, { type: "minutes-made", entry });
  }
}
