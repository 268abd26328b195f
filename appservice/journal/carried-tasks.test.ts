import { spanOf } from "../circle/meeting.ts";
import { expect, onTestFinished, test } from "vitest";
import { council } from "../../tests/support/circle/play.ts";
import type { Task } from "../protocol/meeting-record.ts";
import { CarriedTasks } from "./carried-tasks.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "./journal.ts";
import { Meetings } from "./meetings.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import type { MeetingId } from "../protocol/identity.ts";

const ROOM = roomId("!room");
const madeBy = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: 1 } as const;
const task = (id: string, given: Partial<Task> = {}): Task => ({
  id,
  title: id,
  owner: null,
  due: null,
  from: ["1.1"],
  status: "open",
  ...given,
});

type Unreadable = (meeting: MeetingId, error: Error) => void;
const throwIt: Unreadable = (_, error) => {
  throw error;
};

function house({ unreadable = throwIt }: { unreadable?: Unreadable } = {}) {
  const db = openDatabase(":memory:");
  let at = 1_000_000;
  const up = () => {
    const meetings = new Meetings({
      journal: new Journal(db),
      now: () => at,
      languageOf: () => "en",
      onUnreadable: unreadable,
    });
    onTestFinished(() => meetings.stop());
    const carried = new CarriedTasks(db, meetings);
    meetings.listen((live) => carried.learn(live));
    const here = () => {
      const { meeting } = meetings.of(ROOM)!;
      return { id: meeting.id, roomId: meeting.roomId, ...spanOf(meeting) };
    };
    return {
      meetings,
      carried,
      here,
      into: async () => {
        const into = await carried.into(here());
        return into.map((each) => `${each.task.title} ${each.task.status}`);
      },
    };
  };
  const person = {
    actor: madeActor(personId("@ann:hs"), { moderates: true, door: "chat" }),
    expectedVersion: null,
  } as const;
  /** A meeting of Ann's with these tasks; it is still on. */
  const meet = ({ meetings }: ReturnType<typeof up>, ...tasks: Task[]) => {
    at += 60_000;
    meetings.send(ROOM, { type: "join", name: "Ann", ...person, at });
    meetings.send(ROOM, { type: "start", plan: council(), topic: "", seed: 1, ...person, at });
    const { id } = meetings.of(ROOM)!.meeting;
    if (tasks.length > 0)
      meetings.note(id, {
        type: "minutes-made",
        entry: { about: { kind: "meeting" }, madeBy, result: { form: "tasks", tasks } },
      });
    return id;
  };
  const summarise = ({ meetings }: ReturnType<typeof up>, meeting: MeetingId) =>
    meetings.note(meeting, {
      type: "minutes-made",
      entry: {
        about: { kind: "meeting" },
        madeBy: { ...madeBy, plugin: "summary" },
        result: { form: "summary", sentences: [{ text: "Tea.", from: ["1.1"] }] },
      },
    });
  const end = ({ meetings }: ReturnType<typeof up>) =>
    meetings.send(ROOM, { type: "end", ...person, at: (at += 1_000) });
  const become = ({ meetings }: ReturnType<typeof up>, meeting: MeetingId, id: string, status: Task["status"]) =>
    meetings.correct(meetings.readNow(ROOM, meeting)!, { of: "task", id, status }, null, {
      actor: madeActor(personId("@ann:hs"), { moderates: true, name: "Ann" }),
      at: (at += 1_000),
    });
  return { db, up, meet, summarise, end, become };
}

test("what was open when a meeting began comes back in it, the most urgent first, and is seen being finished; also after a restart", async () => {
  const { up, meet, end, become } = house();
  const service = up();
  const first = meet(
    service,
    task("later"),
    task("soon", { due: "2026-12-01" }),
    task("maybe", { status: "suggested" }),
    task("over", { status: "done" }),
  );
  expect(await service.into()).toEqual([]);
  end(service);
  meet(service, task("own"));
  expect(await service.into()).toEqual(["soon open", "later open"]);
  become(service, first, "soon", "done");
  expect(await service.into()).toEqual(["soon done", "later open"]);
  expect(await up().into()).toEqual(["soon done", "later open"]);

  end(service);
  meet(service);
  expect(await service.into()).toEqual(["later open", "own open"]);
  expect(await up().into()).toEqual(["later open", "own open"]);
});

test("a meeting is told of tasks from before it alone, with the meeting in which each was found and when that began", async () => {
  const { up, meet, summarise, end } = house();
  const service = up();
  const first = meet(service, task("tea"));
  summarise(service, first);
  const inFirst = service.here();
  end(service);
  meet(service, task("later"));
  expect(await service.carried.into(inFirst), "what came after it, and its own").toEqual([]);
  expect(await service.carried.into(service.here())).toMatchObject([
    { meeting: first, at: inFirst.startedAt, task: { id: "tea" }, people: [{ name: "Ann" }] },
  ]);
});

test("what was done before a meeting, and opened again in it, does not come back in it, but in the next", async () => {
  const { up, meet, end, become } = house();
  const service = up();
  const first = meet(service, task("tea"));
  become(service, first, "tea", "done");
  end(service);
  meet(service);
  become(service, first, "tea", "open");
  expect(await service.into()).toEqual([]);
  end(service);
  meet(service);
  expect(await service.into()).toEqual(["tea open"]);
});

test("what is finished in the very moment in which a meeting begins does not come back in it", async () => {
  const { up, meet, end } = house();
  const service = up();
  const first = meet(service, task("tea"), task("cake"));
  end(service);
  meet(service);
  const { startedAt } = service.here();
  const who = { actor: madeActor(personId("@ann:hs"), { moderates: true, name: "Ann" }), at: startedAt! };
  service.meetings.correct(
    service.meetings.readNow(ROOM, first)!,
    { of: "task", id: "tea", status: "done" },
    null,
    who,
  );
  expect(await service.into()).toEqual(["cake open"]);
});

test("an earlier meeting that cannot be read keeps those of the others from nobody", async () => {
  const { db, up, meet, end } = house({ unreadable: () => {} });
  const before = up();
  const [first] = [meet(before, task("tea")), end(before), meet(before, task("cake")), end(before), meet(before)];
  db.prepare("UPDATE events SET body = '{}' WHERE meeting = ? AND seq = 1").run(first);
  expect(await up().into()).toEqual(["cake open"]);
});

test("before a meeting has begun nothing comes back, and before a room was read nothing is known", async () => {
  const { up, meet, end } = house();
  const first = up();
  meet(first, task("tea"));
  end(first);
  meet(first);
  const { carried, here } = up();
  expect(carried.known({ ...here(), startedAt: null })).toEqual([]);
  expect(carried.known(here())).toBeNull();
  await carried.read(ROOM);
  expect(carried.known(here())).toMatchObject([{ task: { id: "tea" } }]);
});

test("a room is read once, and what is changed while it is read is not lost", async () => {
  const { db, up, meet, end, become } = house();
  const before = up();
  const first = meet(before, task("tea"), task("cake"));
  end(before);
  meet(before);
  const service = up();
  const reading = service.carried.read(ROOM);
  expect(service.carried.read(ROOM)).toBe(reading);
  become(service, first, "tea", "done");
  await reading;
  expect(await service.into()).toEqual(["tea done", "cake open"]);
  db.close();
  expect(await service.into()).toEqual(["tea done", "cake open"]);
});

test("a room of which something was forgotten is read anew, also where it is being read just then", async () => {
  const { db, up, meet, end } = house();
  const before = up();
  const first = meet(before, task("tea"));
  end(before);
  meet(before);
  const { carried, here } = up();
  const reading = carried.read(ROOM);
  carried.forget(ROOM);
  await reading;
  expect(carried.known(here())).toBeNull();
  await carried.read(ROOM);
  expect(carried.known(here())).toHaveLength(1);
  new Journal(db).forget(first, 0);
  carried.forget(ROOM);
  expect(carried.known(here())).toBeNull();
  expect(await carried.into(here())).toEqual([]);
});
