import { spanOf } from "../circle/meeting.ts";
import { expect, test } from "vitest";
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

function house() {
  const db = openDatabase(":memory:");
  let at = 1_000_000;
  const up = () => {
    const meetings = new Meetings({
      journal: new Journal(db),
      now: () => at,
      languageOf: () => "en",
      onUnreadable: (_, error) => {
        throw error;
      },
    });
    const carried = new CarriedTasks(db, meetings);
    meetings.listen((live) => carried.learn(live));
    return {
      meetings,
      carried,
      into: async () => {
        const { meeting } = meetings.of(ROOM)!;
        const into = await carried.into({ id: meeting.id, roomId: meeting.roomId, ...spanOf(meeting) });
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
  const end = ({ meetings }: ReturnType<typeof up>) =>
    meetings.send(ROOM, { type: "end", ...person, at: (at += 1_000) });
  const become = ({ meetings }: ReturnType<typeof up>, meeting: MeetingId, id: string, status: Task["status"]) =>
    meetings.correct(meetings.readNow(ROOM, meeting)!, { of: "task", id, status }, null, {
      actor: madeActor(personId("@ann:hs"), { moderates: true, name: "Ann" }),
      at: (at += 1_000),
    });
  return { up, meet, end, become };
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
