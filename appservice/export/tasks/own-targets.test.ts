import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { csvRows } from "./csv-text.ts";
import { markOf } from "./outside-task.ts";
import { ExportOptions, openTargets } from "./registry.ts";
import { NEW, task } from "../../../tests/support/tasks/task.ts";
import { startTaskServer } from "../../../tests/support/tasks/task-server.ts";
import { signatureOf } from "./webhook-signature.ts";

const signal = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "mindminder-"));
const open = (options: object) =>
  openTargets(ExportOptions.parse({ targets: { it: options } }), { folder, now: () => 1_795_428_000_000 }).get("it")!
    .target;

test("a table: a row a task, changed in its place; columns and statuses that people wrote stay, and done is taken back", async () => {
  const file = join(folder, "new", "tasks.csv");
  const table = open({ type: "csv", file: "new/tasks.csv" });
  const rows = () => csvRows(readFileSync(file, "utf8"))!;
  const standing = await table.put(task(), NEW, signal);
  await table.put(task({ task: "t2", title: "=1+1" }), NEW, signal);
  expect(rows().map(([, title]) => title)).toEqual(["title", "Water the roofs", "'=1+1"]);

  const [head, first, second] = rows();
  writeFileSync(
    file,
    [head!.concat("hours"), first!.with(4, "Done").concat("3"), second!]
      .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","))
      .join("\n"),
  );
  expect(await table.look!([standing, { ...standing, id: markOf(task({ task: "t2" })) }], 0, signal)).toEqual([
    { id: standing.id, done: true },
    { id: markOf(task({ task: "t2" })), done: false },
  ]);
  await table.put(task({ title: "Roofs" }), { standing, status: "open", maybeThere: true }, signal);
  expect(rows().map((row) => [row[1], row[4], row[8]])).toEqual([
    ["title", "status", "hours"],
    ["Roofs", "Done", "3"],
    ["'=1+1", "open", undefined],
  ]);

  writeFileSync(file, 'id,"title\nx');
  await expect(table.put(task(), NEW, signal)).rejects.toMatchObject({ failure: "misset" });
  expect(readFileSync(file, "utf8")).toBe('id,"title\nx');
});

test("a table that cannot be kept is seen before the first task, and none is made by looking", async () => {
  expect(await open({ type: "csv", file: "unmade/tasks.csv" }).check(signal)).toBe("usable");
  expect(existsSync(join(folder, "unmade"))).toBe(false);
  writeFileSync(join(folder, "file"), "");
  await expect(open({ type: "csv", file: "file/tasks.csv" }).check(signal)).rejects.toMatchObject({
    failure: "misset",
  });
  writeFileSync(join(folder, "no-table.csv"), 'id,"title\nx');
  await expect(open({ type: "csv", file: "no-table.csv" }).check(signal)).rejects.toMatchObject({
    failure: "misset",
    reason: expect.stringContaining("no comma-separated table"),
  });
});

test("a webhook is looked at without a task: any word of it will do, but for a failure", async () => {
  const server = await startTaskServer(() => ({ status: 405 }));
  writeFileSync(join(folder, "looked-at"), "garden");
  const hook = open({ type: "webhook", url: `${server.url}/hook`, secretFile: "looked-at" });
  expect(await hook.check(signal)).toBe("answers");
  expect(server.asked).toMatchObject([{ method: "HEAD", text: "" }]);
  server.next.push({ status: 502 }, { status: 302 });
  await expect(hook.check(signal)).rejects.toMatchObject({ failure: "failing" });
  await expect(hook.check(signal)).rejects.toMatchObject({ failure: "refused" });
  writeFileSync(join(folder, "looked-at"), "");
  await expect(hook.check(signal)).rejects.toMatchObject({ failure: "misset" });
  await server.close();
});

test("an address with a password in it is refused before anything prints it", () => {
  for (const target of [
    { type: "caldav", url: "https://ann:hush@dav.example.org/t" },
    { type: "webhook", url: "https://ann:hush@example.org/h", secretFile: "s" },
  ]) {
    const { error } = ExportOptions.safeParse({ targets: { it: target } });
    expect(error?.issues).toMatchObject([
      { path: ["targets", "it", "url"], message: expect.stringContaining("no password") },
    ]);
    expect(JSON.stringify(error?.issues)).not.toContain("hush");
  }
});

test("a calendar: what is none, what takes no tasks, and what may only be read are told apart", async () => {
  const about = (type: string, comps: string, rights: string) =>
    `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav"><d:response><d:propstat><d:prop><d:resourcetype><d:collection/>${type}</d:resourcetype>` +
    `<cal:supported-calendar-component-set>${comps}</cal:supported-calendar-component-set><d:current-user-privilege-set>${rights}</d:current-user-privilege-set></d:prop></d:propstat></d:response></d:multistatus>`;
  const [is, todo, event] = ["<cal:calendar/>", '<cal:comp name="VTODO"/>', '<cal:comp name="VEVENT"/>'];
  const [read, write] = ["<d:privilege><d:read/></d:privilege>", "<d:privilege><d:write/></d:privilege>"];
  const server = await startTaskServer(() => ({ status: 207, body: about(is, todo + event, read + write) }));
  const calendar = open({ type: "caldav", url: server.url });
  expect(await calendar.check(signal)).toBe("usable");
  expect(server.asked).toMatchObject([{ method: "PROPFIND" }]);
  for (const [answer, found] of [
    [about("", todo, write), { failure: "misset", reason: "there is something else than a calendar" }],
    [about(is, event, write), { failure: "misset", reason: expect.stringContaining("VEVENT") }],
    [about(is, todo, read), { failure: "refused", reason: expect.stringContaining("not written") }],
    ["<html>", { failure: "misset" }],
  ] as const) {
    server.next.push({ status: 207, body: answer });
    await expect(calendar.check(signal)).rejects.toMatchObject(found);
  }
  await server.close();
});

test("a webhook: each change is sent signed, under the same id, and may be answered by an address", async () => {
  const server = await startTaskServer(() => ({ status: 200, body: { url: "https://board.example.org/7" } }));
  writeFileSync(join(folder, "secret"), "garden\n");
  const hook = open({ type: "webhook", url: `${server.url}/hook?x=1`, secretFile: "secret" });
  const standing = await hook.put(task(), NEW, signal);
  expect(standing.url).toBe("https://board.example.org/7");
  await hook.put(task(), { standing, status: "open", maybeThere: true }, signal);
  await hook.put(task({ status: "done" }), { standing, status: "open", maybeThere: true }, signal);
  const [one, same, done] = server.asked;
  expect(one!.body).toMatchObject({
    type: "task",
    id: markOf(task()),
    title: "Water the roofs",
    owner: { id: "@ann:hs", name: "Ann" },
    due: "2026-12-01",
    status: "open",
    meeting: { title: "Council: roofs", startedAt: "2026-11-23T10:00:00.000Z" },
  });
  expect(one!.headers["x-mindminder-timestamp"]).toBe("1795428000");
  expect(one!.headers["x-mindminder-signature"]).toBe(signatureOf("garden", "1795428000", one!.text));
  expect(same!.headers["x-mindminder-delivery"]).toBe(one!.headers["x-mindminder-delivery"]);
  expect(done!.headers["x-mindminder-delivery"]).not.toBe(one!.headers["x-mindminder-delivery"]);
  await server.close();
});

test("a secret that is taken away stops the sending, and is read anew when it is back", async () => {
  const server = await startTaskServer(() => ({ status: 204 }));
  writeFileSync(join(folder, "later"), "");
  const hook = open({ type: "webhook", url: server.url, secretFile: "later" });
  await expect(hook.put(task(), NEW, signal)).rejects.toMatchObject({ failure: "misset" });
  writeFileSync(join(folder, "later"), "garden");
  expect(await hook.put(task(), NEW, signal)).toMatchObject({ url: null });
  await server.close();
});
