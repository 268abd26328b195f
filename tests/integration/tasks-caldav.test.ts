import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ExportOptions, openTargets } from "../../appservice/export/tasks/registry.ts";
import type { TaskTarget } from "../../appservice/export/tasks/target.ts";
import { NEW, task } from "../support/tasks/task.ts";
import { type Radicale, startRadicale } from "../support/stack/radicale.ts";

let dir: string;
let radicale: Radicale;
let target: TaskTarget;
const signal = new AbortController().signal;

const open = (changes: object = {}) => {
  const options = {
    type: "caldav",
    url: radicale.calendar,
    username: radicale.username,
    passwordFile: "password",
    people: { "@ann:hs": "ann@example.org" },
    ...changes,
  };
  const opened = openTargets(ExportOptions.parse({ targets: { dav: options } }), {
    folder: dir,
    now: () => Date.parse("2026-11-24T09:00:00Z"),
  }).get("dav");
  return opened!.target;
};
const unfolded = (object: string) => object.replace(/\r\n[ \t]/g, "").split("\r\n");
/** The only object in the calendar. */
const only = async () => {
  const all = [...(await radicale.objects())];
  expect(all).toHaveLength(1);
  return { href: all[0]![0], object: all[0]![1], lines: unfolded(all[0]![1]) };
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mindminder-dav-"));
  radicale = await startRadicale({ dir });
  await writeFile(join(dir, "password"), `${radicale.password}\n`);
});
beforeEach(async () => {
  for (const href of (await radicale.objects()).keys()) await radicale.ask("DELETE", href);
  target = open();
});
afterAll(async () => {
  await radicale?.stop();
  await rm(dir, { recursive: true, force: true });
});

test("a task becomes a VTODO with its date, its owner and who said what", async () => {
  await target.put(
    task({ title: "Полить крыши; все, до одной", description: "Анна: полью,\nи вечером тоже \\ обещаю" }),
    NEW,
    signal,
  );
  const { lines } = await only();
  expect(lines).toEqual(
    expect.arrayContaining([
      "BEGIN:VTODO",
      "SUMMARY:Полить крыши\\; все\\, до одной",
      "DUE;VALUE=DATE:20261201",
      "STATUS:NEEDS-ACTION",
      "DESCRIPTION:Анна: полью\\,\\nи вечером тоже \\\\ обещаю",
      expect.stringMatching(/^ATTENDEE;.*CN="?Ann"?.*:mailto:ann@example\.org$/) as string,
    ]),
  );
});

test("the same object changes, with what people added to it, and their status is left alone", async () => {
  const standing = await target.put(task(), NEW, signal);
  const { href, object } = await only();
  const alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Wake up\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\n";
  await radicale.ask(
    "PUT",
    href,
    object.replace("END:VTODO", `CATEGORIES:garden\r\n${alarm}END:VTODO`).replace("NEEDS-ACTION", "IN-PROCESS"),
    { "Content-Type": "text/calendar" },
  );

  await target.put(
    task({ title: "Water all roofs", due: null, owner: null }),
    { standing, status: "open", maybeThere: true },
    signal,
  );
  const { lines } = await only();
  expect(lines).toEqual(
    expect.arrayContaining([
      "SUMMARY:Water all roofs",
      "CATEGORIES:garden",
      "STATUS:IN-PROCESS",
      "DESCRIPTION:Wake up",
    ]),
  );
  expect(lines.filter((line) => /^(DUE|ATTENDEE|SUMMARY|UID)\b/.test(line))).toHaveLength(2);

  await target.put(task({ status: "done" }), { standing, status: "open", maybeThere: true }, signal);
  expect((await only()).lines).toEqual(
    expect.arrayContaining(["STATUS:COMPLETED", "PERCENT-COMPLETE:100", "COMPLETED:20261124T090000Z"]),
  );
  await target.put(task({ status: "dropped" }), { standing, status: "done", maybeThere: true }, signal);
  expect((await only()).lines).toContain("STATUS:CANCELLED");
  expect((await only()).lines).not.toContain("PERCENT-COMPLETE:100");
});

test("after an answer that was lost, the same task makes no second object", async () => {
  await target.put(task(), NEW, signal);
  await target.put(task({ title: "Water all roofs" }), NEW, signal);
  expect((await only()).lines).toContain("SUMMARY:Water all roofs");
});

test("what was finished there is seen, what was not is not, and what is gone is left alone", async () => {
  const [done, left, gone] = await Promise.all(
    ["t1", "t2", "t3"].map((id) => target.put(task({ task: id }), NEW, signal)),
  );
  const body = (id: string) => [...objects].find(([href]) => href.includes(id))!;
  const objects = await radicale.objects();
  const [href, object] = body(done!.id);
  await radicale.ask(
    "PUT",
    href,
    object.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\r\nCOMPLETED:20261124T080000Z"),
    { "Content-Type": "text/calendar" },
  );
  await radicale.ask("DELETE", body(gone!.id)[0]);
  const seen = await target.look!([done!, left!, gone!], 0, signal);
  expect(seen.filter((each) => each.done)).toEqual([{ id: done!.id, done: true }]);
  await expect(
    target.put(task({ task: "t3", title: "x" }), { standing: gone!, status: "open", maybeThere: true }, signal),
  ).rejects.toMatchObject({ failure: "gone" });
});

test("a wrong password, and a calendar that is not there, are told apart", async () => {
  await expect(open({ username: "eve" }).put(task(), NEW, signal)).rejects.toMatchObject({ failure: "refused" });
  await expect(open({ url: `${radicale.calendar}/no/such/place` }).put(task(), NEW, signal)).rejects.toMatchObject({
    failure: expect.stringMatching(/misset|refused/) as string,
  });
});

test("whether a real calendar takes tasks is seen without writing one", async () => {
  expect(await target.check(signal)).toBe("usable");
  await writeFile(join(dir, "wrong"), "guess");
  await expect(open({ passwordFile: "wrong" }).check(signal)).rejects.toMatchObject({ failure: "refused" });
  await expect(open({ url: `${radicale.calendar}-of-nobody` }).check(signal)).rejects.toMatchObject({
    failure: "gone",
  });
  await expect(open({ url: radicale.calendar.replace(/\/tasks$/, "") }).check(signal)).rejects.toMatchObject({
    failure: "misset",
    reason: "there is something else than a calendar",
  });
  expect((await radicale.objects()).size).toBe(0);
});
