import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDatabase } from "../../store/database.ts";
import { formatPostKey } from "../../journal/post-key.ts";
import { ExportedTasks } from "../../store/exported-tasks.ts";
import type { OutsideTask } from "./outside-task.ts";
import type { Before, StandingTask, TaskTarget } from "./target.ts";
import { TargetCondition, type TargetNotice } from "./target-condition.ts";
import { TargetProblem } from "./target-problem.ts";
import { TaskExport } from "./task-export.ts";
import { task } from "../../../tests/support/tasks/task.ts";
import { roomId } from "../../../tests/support/protocol/ids.ts";

const ROOM = roomId("!room");

/** A task manager in memory that knows its items by task, and fails as it is told to. */
class Manager implements TaskTarget {
  readonly items = new Map<string, OutsideTask>();
  readonly puts: Before[] = [];
  readonly fail: (TargetProblem | "after" | null)[] = [];
  done = new Set<string>();

  async check() {
    return "usable" as const;
  }

  async put(wanted: OutsideTask, before: Before): Promise<StandingTask> {
    this.puts.push(before);
    const how = this.fail.shift() ?? null;
    if (how instanceof TargetProblem) throw how;
    const id =
      before.standing?.id ??
      (before.maybeThere && [...this.items].find(([, each]) => each.task === wanted.task)?.[0]) ??
      null;
    const item = id || `i${this.items.size + 1}`;
    this.items.set(item, wanted);
    if (how === "after") throw new TargetProblem("slow", "made, and no answer");
    return { id: item, url: `https://tm.example.org/${item}`, etag: null };
  }

  async look() {
    return [...this.items.keys()].map((id) => ({ id, done: this.done.has(id) }));
  }
}

const db = () => openDatabase(":memory:");
let database = db();
let manager = new Manager();
let told: TargetNotice[] = [];
let finished: string[] = [];
const running: TaskExport[] = [];

/** Starts the service: nothing but the database and the outside survive. */
function up(): TaskExport {
  const sent = new ExportedTasks(database);
  const now = () => Date.now();
  const condition = new TargetCondition({ sent, now, tell: (_, each) => told.push(each) });
  const options = { suggestions: false, timeoutSeconds: 20, lookMinutes: 5, rooms: null };
  const service = new TaskExport({
    targets: new Map([["team", { target: manager, type: "test", options }]]),
    sent,
    condition,
    now,
    targetOf: () => "team",
    log: pino({ level: "silent" }),
    onStands: async () => {},
    onDone: async (each) => () => void finished.push(each.task),
  });
  service.start();
  running.push(service);
  return service;
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-23T12:00:00Z") });
  [database, manager, told, finished] = [db(), new Manager(), [], []];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a task is made once and then changed, and what is the same is not sent again, not even by a service that was restarted", async () => {
  const service = up();
  service.want(ROOM, [task()]);
  service.want(ROOM, [task()]);
  await service.idle();
  service.want(ROOM, [task({ title: "Water all roofs" })]);
  await service.idle();
  expect([...manager.items.values()].map(({ title }) => title)).toEqual(["Water all roofs"]);
  expect(manager.puts).toMatchObject([
    { standing: null, maybeThere: false },
    { standing: { id: "i1" }, status: "open" },
  ]);

  await service.stop();
  const again = up();
  again.want(ROOM, [task({ title: "Water all roofs" })]);
  await again.idle();
  expect(manager.puts).toHaveLength(2);
});

test("where an answer was lost, or the service with it, the item is looked for and not made twice", async () => {
  manager.fail.push("after");
  const service = up();
  service.want(ROOM, [task()]);
  await service.idle();
  await service.stop();
  const again = up();
  await vi.advanceTimersByTimeAsync(10_000);
  await again.idle();
  expect(manager.puts.map(({ maybeThere }) => maybeThere)).toEqual([false, true]);
  expect(manager.items.size).toBe(1);
});

test("what was over before it was ever sent is not sent", async () => {
  const service = up();
  service.want(ROOM, [task({ status: "done" }), task({ task: "t2", status: "dropped" })]);
  await service.idle();
  expect(manager.puts).toEqual([]);
});

test("a target that refuses us is told to the room once, keeps everything, and takes it when it was mended", async () => {
  manager.fail.push(new TargetProblem("refused", "401"), new TargetProblem("refused", "401"));
  const service = up();
  service.want(ROOM, [task(), task({ task: "t2" })]);
  await service.idle();
  expect(manager.puts).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(15 * 60_000);
  await service.idle();
  expect(new Set(told.map(({ key }) => formatPostKey(key))).size).toBe(1);
  expect(told[0]?.say).toBe("tasks.problem.refused");
  await service.again(ROOM);
  await service.idle();
  expect(manager.items.size).toBe(2);

  // Later trouble is another one.
  manager.fail.push(new TargetProblem("refused", "401"));
  service.want(ROOM, [task({ title: "x" })]);
  await service.idle();
  expect(new Set(told.map(({ key }) => formatPostKey(key))).size).toBe(2);
});

test("a target that asks for patience is left alone for just so long", async () => {
  manager.fail.push(new TargetProblem("busy", "429", { retryAfterMs: 90_000 }));
  const service = up();
  service.want(ROOM, [task()]);
  await service.idle();
  await vi.advanceTimersByTimeAsync(89_000);
  expect(manager.puts).toHaveLength(1);
  service.want(ROOM, [task({ task: "t2" })]);
  await service.idle();
  expect(manager.puts).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  await service.idle();
  expect(manager.items.size).toBe(2);
  expect(told).toEqual([]);
});

test("trouble that lasts is told once, and the waits grow", async () => {
  // Leaves no wait to chance.
  vi.spyOn(Math, "random").mockReturnValue(0);
  manager.fail.push(...Array.from({ length: 6 }, () => new TargetProblem("failing", "500")));
  const service = up();
  const at: number[] = [];
  const put = manager.put.bind(manager);
  manager.put = (...given) => {
    at.push(Date.now());
    return put(...given);
  };
  service.want(ROOM, [task()]);
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  await service.idle();
  expect(at.map((each, i) => (each - (at[i - 1] ?? each)) / 1000)).toEqual([0, 5, 10, 20, 40, 80, 160]);
  expect(new Set(told.map(({ key }) => formatPostKey(key))).size).toBe(1);
  expect(manager.items.size).toBe(1);
});

test("a task that a target will not have holds up no other, and is tried again when it changes", async () => {
  manager.fail.push(new TargetProblem("rejected", "422"));
  const service = up();
  service.want(ROOM, [task(), task({ task: "t2" })]);
  await service.idle();
  expect([...manager.items.values()].map((each) => each.task)).toEqual(["t2"]);
  expect(told).toMatchObject([{ say: "tasks.problem.rejected", values: { target: "team", title: "Water the roofs" } }]);
  service.want(ROOM, [task({ title: "Roofs" })]);
  await service.idle();
  expect(manager.items.size).toBe(2);
});

test("what waits for a target that the room has left is not sent, and is when the room comes back to it", async () => {
  manager.fail.push(new TargetProblem("busy", "429", { retryAfterMs: 60_000 }));
  const service = up();
  service.want(ROOM, [task()]);
  await service.idle();
  new ExportedTasks(database).giveUp(ROOM, null);
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(manager.items.size).toBe(0);
  service.want(ROOM, [task()]);
  await service.idle();
  expect(manager.items.size).toBe(1);
});

test("what was deleted outside stays deleted until somebody asks for it", async () => {
  const service = up();
  service.want(ROOM, [task()]);
  await service.idle();
  manager.items.clear();
  manager.fail.push(new TargetProblem("gone", "404"));
  service.want(ROOM, [task({ title: "Roofs" })]);
  await service.idle();
  expect([manager.items.size, told[0]?.say]).toEqual([0, "tasks.problem.gone"]);
  await service.again(ROOM);
  await service.idle();
  expect(manager.items.size).toBe(1);
});

test("what was finished outside is taken back once, and is not opened again by a change here", async () => {
  const service = up();
  service.want(ROOM, [task()]);
  await service.idle();
  manager.done = new Set(["i1"]);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(finished).toEqual(["t1"]);
  service.want(ROOM, [task({ status: "done" })]);
  await service.idle();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(finished).toEqual(["t1"]);
  expect(manager.puts).toHaveLength(1);
});
