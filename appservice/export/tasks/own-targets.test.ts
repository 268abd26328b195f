import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { csvRows } from "./csv-text.ts";
import { markOf } from "./outside-task.ts";
import { ExportOptions, openTargets } from "./registry.ts";
import { NEW, task } from "./testing/task.ts";
import { startTaskServer } from "./testing/task-server.ts";
import { signatureOf } from "./webhook-signature.ts";

const signal = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "mindminder-"));
const open = (options: object) => openTargets(ExportOptions.parse({ targets: { it: options } }), { folder, now: () => 1_795_428_000_000 }).get("it")!.target;

test("a table: a row a task, changed in its place; columns and statuses that people wrote stay, and done is taken back", async () => {
  const file = join(folder, "new", "tasks.csv");
  const table = open({ type: "csv", file: "new/tasks.csv" });
  const rows = () => csvRows(readFileSync(file, "utf8"))!;
  const standing = await table.put(task(), NEW, signal);
  await table.put(task({ task: "t2", title: "=1+1" }), NEW, signal);
  expect(rows().map(([, title]) => title)).toEqual(["title", "Water the roofs", "'=1+1"]);

  const [head, first, second] = rows();
  writeFileSync(file, [head!.concat("hours"), first!.with(4, "Done").concat("3"), second!].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n"));
  expect(await table.look!([standing, { ...standing, id: markOf(task({ task: "t2" })) }], 0, signal)).toEqual([{ id: standing.id, done: true }, { id: markOf(task({ task: "t2" })), done: false }]);
  await table.put(task({ title: "Roofs" }), { standing, status: "open", maybeThere: true }, signal);
  expect(rows().map((row) => [row[1], row[4], row[8]])).toEqual([["title", "status", "hours"], ["Roofs", "Done", "3"], ["'=1+1", "open", undefined]]);

  writeFileSync(file, 'id,"title\nx');
  await expect(table.put(task(), NEW, signal)).rejects.toMatchObject({ code: "misset" });
  expect(readFileSync(file, "utf8")).toBe('id,"title\nx');
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
  expect(one!.body).toMatchObject({ type: "task", id: markOf(task()), title: "Water the roofs", owner: { id: "@ann:hs", name: "Ann" }, due: "2026-12-01", status: "open", meeting: { title: "Council: roofs", startedAt: "2026-11-23T10:00:00.000Z" } });
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
  await expect(hook.put(task(), NEW, signal)).rejects.toMatchObject({ code: "misset" });
  writeFileSync(join(folder, "later"), "garden");
  expect(await hook.put(task(), NEW, signal)).toMatchObject({ url: null });
  await server.close();
});
