import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ExportOptions, openTargets } from "../../appservice/export/tasks/registry.ts";
import type { TaskTarget } from "../../appservice/export/tasks/target.ts";
import { NEW, task } from "../support/tasks/task.ts";
import { type Roundup, startRoundup } from "../support/stack/roundup.ts";

let dir: string;
let roundup: Roundup;
let target: TaskTarget;
const signal = new AbortController().signal;

const open = (changes: object = {}) => {
  const options = {
    type: "roundup",
    url: roundup.url,
    username: roundup.username,
    passwordFile: "password",
    people: { "@ann:hs": "ann" },
    ...changes,
  };
  return openTargets(ExportOptions.parse({ targets: { it: options } }), { folder: dir, now: Date.now }).get("it")!
    .target;
};
type Issue = {
  title: string;
  status: { name: string };
  assignedto: { username: string } | null;
  messages: { id: string }[];
};
/** The issues that are there, but for deleted ones. */
const issues = async () => {
  const { collection } = await roundup.ask("GET", "issue?@fields=title,status,assignedto,messages&@verbose=2&@sort=id");
  return collection as (Issue & { id: string })[];
};
const textOf = async ({ messages }: Issue) =>
  (await roundup.ask("GET", `msg/${messages[0]!.id}/content`))["data"] as string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mindminder-roundup-"));
  roundup = await startRoundup({ dir });
  await writeFile(join(dir, "password"), `${roundup.password}\n`);
  await roundup.ask("POST", "user", { username: "ann", address: "ann@example.org" });
  target = open();
});
afterAll(async () => {
  await roundup?.stop();
  await rm(dir, { recursive: true, force: true });
});

test("in a real tracker a task is made once, changed in its place, finished and opened again; done is seen, gone is known", async () => {
  const standing = await target.put(task({ title: "Полить крыши" }), NEW, signal);
  expect(standing.url).toBe(`${roundup.url}/issue${standing.id}`);
  expect(await issues()).toMatchObject([
    { title: "Полить крыши", status: { name: "unread" }, assignedto: { username: "ann" } },
  ]);
  expect(await textOf((await issues())[0]!)).toMatch(/I will water the roofs[\s\S]*2026-12-01/);

  // A lost answer: nothing is known, and something may be there.
  await target.put(task({ title: "Roofs", owner: null, due: null }), { ...NEW, maybeThere: true }, signal);
  expect(await issues()).toMatchObject([{ id: standing.id, title: "Roofs", assignedto: null }]);
  expect(await textOf((await issues())[0]!)).not.toContain("2026-12-01");

  const known = { standing, maybeThere: true };
  await target.put(task({ status: "done" }), { ...known, status: "open" }, signal);
  expect(await issues()).toMatchObject([{ status: { name: "resolved" } }]);
  await target.put(task(), { ...known, status: "done" }, signal);
  expect(await target.look!([standing], 0, signal)).toEqual([{ id: standing.id, done: false }]);

  await roundup.ask("PUT", `issue/${standing.id}`, { status: "resolved" });
  expect(await target.look!([standing], 0, signal)).toEqual([{ id: standing.id, done: true }]);
  await target.put(task({ title: "All roofs" }), { ...known, status: "open" }, signal);
  expect(await issues()).toMatchObject([{ title: "All roofs", status: { name: "resolved" } }]);

  await roundup.ask("DELETE", `issue/${standing.id}`, {});
  expect(await target.look!([standing], 0, signal)).toEqual([]);
  await expect(target.put(task({ title: "x" }), { ...known, status: "open" }, signal)).rejects.toMatchObject({
    failure: "gone",
  });
});

test("when the service fell between the two halves of making one, the first is used and not made again", async () => {
  const half = task({ task: "half" });
  const lost = new AbortController();
  const broken = open({ openStatus: "no such status" });
  await expect(broken.put(half, NEW, lost.signal)).rejects.toMatchObject({ failure: "rejected" });
  await target.put(half, { ...NEW, maybeThere: true }, signal);
  const [made] = (await issues()).filter(({ title }) => title === half.title);
  expect(made?.messages).toHaveLength(1);
  const { collection } = await roundup.ask("GET", "msg");
  expect(collection).toHaveLength(2);
});

test("a wrong password is a refusal", async () => {
  await expect(open({ username: "eve" }).put(task(), NEW, signal)).rejects.toMatchObject({ failure: "refused" });
});

test("whether a real tracker takes tasks is seen without making an issue", async () => {
  const before = (await issues()).length;
  expect(await target.check(signal)).toBe("usable");
  await writeFile(join(dir, "wrong"), "guess");
  await expect(open({ passwordFile: "wrong" }).check(signal)).rejects.toMatchObject({ failure: "refused" });
  await expect(open({ doneStatus: "finished" }).check(signal)).rejects.toMatchObject({
    failure: "misset",
    reason: expect.stringMatching(/no status “finished”, but .*resolved/),
  });
  await expect(open({ url: `${roundup.url}/elsewhere` }).check(signal)).rejects.toMatchObject({
    failure: expect.stringMatching(/gone|unreadable/),
  });
  expect(await issues()).toHaveLength(before);
});
