import { startOf } from "../circle/meeting.ts";
import { ofMeeting } from "../journal/scope.ts";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { MatrixError } from "matrix-bot-sdk";
import { pino } from "pino";
import { expect, test } from "vitest";
import { planOf, Scenario } from "../circle/scenario.ts";
import { CarriedTasks } from "../journal/carried-tasks.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "../journal/journal.ts";
import { KeptAudio } from "../store/kept-audio.ts";
import { Meetings } from "../journal/meetings.ts";
import { Outbox } from "../journal/outbox.ts";
import { obeyRetention } from "./retention.ts";
import { AssemblyJournal } from "../journal/assembly-journal.ts";
import { openedAssemblies } from "../../tests/support/journal/opened-assemblies.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { RingNumber } from "../protocol/identity.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";

const [ROOM, ANN, DAY] = [roomId("!room"), personId("@ann:hs"), 24 * 3600_000];

const keyed = (named: string) => {
  const [type = "", key = ""] = named.split(" ");
  return { type, state_key: key };
};

/**
 * A room with a meeting of a walrus, and ten days later one of a heron; with everything that a meeting leaves.
 * `retention`: what the room's state says.
 */
function service({ keepsMs = null }: { keepsMs?: number | null } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-retention-"));
  const db = openDatabase(join(folder, "mindminder.db"));
  let now = 100 * DAY;
  const room: { retention: unknown; fails: MatrixError | null; readonly state: Map<string, unknown> } = {
    retention: null,
    fails: null,
    state: new Map(),
  };
  const journal = new Journal(db);
  const meetings = new Meetings({
    journal,
    now: () => now,
    languageOf: () => "en",
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  const [outbox, carried] = [new Outbox(db), new CarriedTasks(db, meetings)];
  const audio = new KeptAudio({ db, folder: join(folder, "sound"), days: 365, now: () => now });
  audio.consent({ room: ROOM, speaker: ANN }, true);
  const person = { actor: madeActor(ANN, { moderates: true, door: "chat" }), expectedVersion: null } as const;
  const meet = (word: string, ends = true) => {
    meetings.send(ROOM, { type: "join", name: "Ann", ...person, at: now });
    meetings.send(ROOM, {
      type: "start",
      plan: planOf(Scenario.parse({ id: "garden", title: "Garden", circles: [{ theme: `A ${word}?` }] }), "en", ""),
      topic: word,
      seed: 1,
      ...person,
      at: now,
    });
    const { id } = meetings.of(ROOM)!.meeting;
    meetings.note(id, {
      type: "comment-made",
      comment: { id: `$${word}`, circle: 0, turn: 1, who: ANN, name: "Ann", at: now, text: `a ${word}` },
    });
    const madeBy = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: now } as const;
    meetings.note(id, {
      type: "minutes-made",
      entry: {
        about: { kind: "meeting" },
        madeBy,
        result: {
          form: "tasks",
          tasks: [{ id: "t1", title: `Feed the ${word}`, owner: ANN, due: null, from: [`$${word}`], status: "open" }],
        },
      },
    });
    if (ends) meetings.send(ROOM, { type: "end", ...person, at: now });
    outbox.want([
      {
        scope: ofMeeting(id),
        key: { kind: "task", id: "t1" },
        room: ROOM,
        thread: null,
        type: "m.room.message",
        content: { body: `Feed the ${word}` },
      },
    ]);
    const sound = join(
      folder,
      "sound",
      audio.placeFor({ room: ROOM, speaker: ANN }, { meeting: id, turn: 1, startedAt: now })!,
    );
    mkdirSync(dirname(sound), { recursive: true });
    writeFileSync(sound, word);
    room.state.set("org.mindminder.meeting", { id });
    return { id, sound };
  };
  const walrus = meet("walrus");
  now += 10 * DAY;
  const heron = meet("heron");
  outbox.want([
    {
      scope: ofMeeting(heron.id),
      key: { kind: "carried", meeting: walrus.id, task: "t1" },
      room: ROOM,
      thread: null,
      type: "m.room.message",
      content: { body: "Feed the walrus" },
    },
  ]);
  const assemblies = openedAssemblies({ journal, assemblyJournal: new AssemblyJournal(db) }, () => now).erasing;
  const homeserver = {
    stateContent: async (_: string, type: string) => {
      if (type === "m.room.retention" && room.fails) throw room.fails;
      return type === "m.room.retention" ? room.retention : (room.state.get(type) ?? null);
    },
    state: async () =>
      [...room.state].map(([named, content]) => ({ ...keyed(named), sender: personId("@bot:hs"), content })),
    setState: async (_: string, type: string, key: string, content: unknown) =>
      void room.state.set(key === "" ? type : `${type} ${key}`, content),
  };
  return {
    room,
    meetings,
    carried,
    walrus,
    heron,
    meet,
    later: (days: number) => void (now += days * DAY),
    obey: () =>
      obeyRetention([ROOM], {
        homeserver,
        meetings,
        assemblies,
        audio,
        carried,
        meetingState: { forgetAt: () => {} },
        keepsMs,
        log: pino({ level: "silent" }),
        now: () => now,
        signal: new AbortController().signal,
      }),
    onDisk: () =>
      readdirSync(folder)
        .filter((name) => name.startsWith("mindminder.db"))
        .map((name) => readFileSync(join(folder, name), "latin1"))
        .join("\n"),
    forgotten: () => db.prepare("SELECT id, room FROM forgotten_meetings").all(),
  };
}

test("what is older than a room wants things kept is nowhere any more: record, list, tasks, sound, the database's bytes; that it was stays", async () => {
  const at = service();
  at.room.retention = { max_lifetime: 7 * DAY };
  expect((await at.carried.into({ id: "other", roomId: ROOM, startedAt: 1e15 })).map(({ task }) => task.title)).toEqual(
    ["Feed the walrus", "Feed the heron"],
  );
  expect(at.onDisk()).toContain("walrus");
  await at.obey();
  expect(at.meetings.readNow(ROOM, at.walrus.id)).toBeNull();
  expect(await at.meetings.readByAndBy(ROOM, at.walrus.id)).toBeNull();
  expect((await at.meetings.past(ROOM)).map(({ id }) => id)).toEqual([at.heron.id]);
  expect((await at.carried.into({ id: "other", roomId: ROOM, startedAt: 1e15 })).map(({ task }) => task.title)).toEqual(
    ["Feed the heron"],
  );
  expect([existsSync(at.walrus.sound), existsSync(at.heron.sound)]).toEqual([false, true]);
  expect(at.onDisk()).not.toContain("walrus");
  expect(at.forgotten()).toEqual([{ id: at.walrus.id, room: ROOM }]);
  // The newer one is as it was, until its time has come.
  expect(at.room.state.get("org.mindminder.meeting")).toEqual({ id: at.heron.id });
  at.later(6);
  await at.obey();
  expect(at.meetings.of(ROOM)?.meeting.id).toBe(at.heron.id);
  at.later(2);
  await at.obey();
  expect(at.meetings.of(ROOM)).toBeNull();
  expect(at.onDisk()).not.toContain("heron");
  expect(at.room.state.get("org.mindminder.meeting")).toEqual({});
});

test("the state of a ring that only gathered goes with it, and that of a ring that goes on stays", async () => {
  const at = service();
  const ring = (number: number) => at.meetings.gatherRing({ room: ROOM, ring: RingNumber.parse(number) });
  const [gathered, other] = [ring(1), ring(12)];
  at.room.state.set("org.mindminder.meeting 1", { id: gathered });
  at.room.state.set("org.mindminder.meeting 2", { id: "mnewer0001" });
  at.room.state.set("org.mindminder.meeting 12", { id: other });
  at.room.retention = { max_lifetime: 7 * DAY };
  at.later(8);
  await at.obey();
  expect(at.meetings.readNow(ROOM, gathered)).toBeNull();
  expect(at.room.state.get("org.mindminder.meeting 1")).toEqual({});
  expect(at.room.state.get("org.mindminder.meeting 12")).toEqual({});
  expect(at.room.state.get("org.mindminder.meeting 2")).toEqual({ id: "mnewer0001" });
});

test("what comes late for a meeting that is gone brings nothing of it back, and the room's next meeting begins as ever", async () => {
  const at = service();
  at.room.retention = { max_lifetime: DAY };
  at.later(5);
  await at.obey();
  at.meetings.note(at.heron.id, { type: "comment-edited", id: "$heron", text: "late words", edit: "$edit", at: 1 });
  expect(at.onDisk()).not.toContain("late words");
  expect(at.meetings.of(ROOM)).toBeNull();
  expect(startOf(at.meetings.readNow(ROOM, at.meet("crane").id)?.meeting)?.topic).toBe("crane");
});

test("a meeting that goes on stays whole, however long it does", async () => {
  const at = service();
  at.room.retention = { max_lifetime: 1_000 };
  const { id } = at.meet("crane", false);
  at.later(30);
  await at.obey();
  expect(at.meetings.readNow(ROOM, id)?.record.comments).toHaveLength(1);
});

test.each([
  null,
  {},
  { max_lifetime: null },
  { max_lifetime: 0 },
  { max_lifetime: -1 },
  { max_lifetime: "1d" },
  { max_lifetime: 0.5 },
  { min_lifetime: 5 },
  "1",
])("a room that says %j keeps everything", async (retention) => {
  const at = service();
  at.room.retention = retention;
  at.later(1_000);
  await at.obey();
  expect(await at.meetings.past(ROOM)).toHaveLength(2);
});

test("the configuration keeps meetings for so long and no longer, and a room may say less, not more", async () => {
  const at = service({ keepsMs: 7 * DAY });
  await at.obey();
  expect((await at.meetings.past(ROOM)).map(({ id }) => id)).toEqual([at.heron.id]);
  expect(at.onDisk()).not.toContain("walrus");
  at.room.retention = { max_lifetime: 100 * DAY };
  at.later(6);
  await at.obey();
  expect(await at.meetings.past(ROOM)).toHaveLength(1);
  at.room.retention = { max_lifetime: 3 * DAY };
  await at.obey();
  expect(await at.meetings.past(ROOM)).toEqual([]);
});

test("a room that has never said how long keeps meetings as the configuration says; one that cannot be asked now is asked again", async () => {
  const at = service({ keepsMs: 7 * DAY });
  at.room.fails = new MatrixError({ errcode: "M_UNKNOWN", error: "Bad gateway", retry_after_ms: 0 }, 502);
  await at.obey();
  expect(await at.meetings.past(ROOM)).toHaveLength(2);
  at.room.fails = new MatrixError({ errcode: "M_NOT_FOUND", error: "Event not found.", retry_after_ms: 0 }, 404);
  await at.obey();
  expect((await at.meetings.past(ROOM)).map(({ id }) => id)).toEqual([at.heron.id]);
});
