import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { markOf } from "./outside-task.ts";
import { ExportOptions, openTargets } from "./registry.ts";
import type { TaskTarget } from "./target.ts";
import {
  githubStandIn,
  gitlabStandIn,
  jiraStandIn,
  type StandIn,
  todoistStandIn,
} from "../../../tests/support/tasks/stand-ins.ts";
import { NEW, task } from "../../../tests/support/tasks/task.ts";
import { startTaskServer, type TaskServer } from "../../../tests/support/tasks/task-server.ts";

// None of these managers can be had here: they are stood in for by servers written after their documentation. CalDAV is
// tried against a real server elsewhere.

const tokenFile = "token";
const MANAGERS: readonly {
  name: string;
  standIn: () => StandIn;
  options: (url: string) => object;
  who: unknown;
  url: RegExp;
  dropped: readonly string[];
}[] = [
  {
    name: "github",
    standIn: githubStandIn,
    options: (apiUrl) => ({ apiUrl, tokenFile, repository: "example/garden", people: { "@ann:hs": "ann-g" } }),
    who: "ann-g",
    url: /\/garden\/issues\/1$/,
    dropped: ["dropped"],
  },
  {
    name: "gitlab",
    standIn: gitlabStandIn,
    options: (url) => ({ url, tokenFile, project: "garden/roofs", people: { "@ann:hs": "42" } }),
    who: 42,
    url: /\/roofs\/-\/issues\/1$/,
    dropped: ["done"],
  },
  {
    name: "jira",
    standIn: jiraStandIn,
    options: (url) => ({ url, tokenFile, email: "bot@example.org", project: "GARDEN", people: { "@ann:hs": "5b1" } }),
    who: "5b1",
    url: /\/browse\/GARDEN-1$/,
    dropped: ["done"],
  },
  {
    name: "todoist",
    standIn: todoistStandIn,
    options: (apiUrl) => ({ apiUrl, tokenFile, projectId: "p" }),
    who: "text",
    url: /\/app\/task\/6X0$/,
    dropped: [],
  },
];
const signal = new AbortController().signal;

describe.each(MANAGERS)("$name", ({ name, standIn, options, who, url, dropped }) => {
  let there: StandIn;
  let server: TaskServer;
  /**
   * One target with the patience of the product, for the machine may be busy; and one without any, for servers that
   * never answer.
   */
  let target: TaskTarget, impatient: TaskTarget;
  beforeEach(async () => {
    there = standIn();
    server = await startTaskServer(there.answer);
    const folder = mkdtempSync(join(tmpdir(), "mindminder-"));
    writeFileSync(join(folder, tokenFile), "secret\n");
    const it = { type: name, ...options(server.url) };
    const opened = openTargets(ExportOptions.parse({ targets: { it, impatient: { ...it, timeoutSeconds: 0.3 } } }), {
      folder,
      now: Date.now,
    });
    target = opened.get("it")!.target;
    impatient = opened.get("impatient")!.target;
  });
  afterEach(() => server.close());

  test("a task is made there once, and the same one is changed, finished, opened again and dropped", async () => {
    const standing = await target.put(task(), NEW, signal);
    expect(there.items()).toMatchObject([{ title: "Water the roofs", due: "2026-12-01", who, state: "open" }]);
    expect(there.items()[0]?.text).toContain("I will water the roofs");
    expect(standing.url).toMatch(url);
    const known = { standing, maybeThere: true };
    await target.put(task({ title: "Water\nall roofs", due: null }), { ...known, status: "open" }, signal);
    expect(there.items()).toMatchObject([{ title: "Water all roofs", due: null, state: "open" }]);
    await target.put(task({ status: "done" }), { ...known, status: "open" }, signal);
    expect(there.items()).toMatchObject([{ title: "Water the roofs", state: "done" }]);
    await target.put(task(), { ...known, status: "done" }, signal);
    expect(there.items()).toMatchObject([{ state: "open" }]);
    await target.put(task({ status: "dropped" }), { ...known, status: "open" }, signal);
    expect(there.items().map(({ state }) => state)).toEqual(dropped);
  });

  test("an answer that was lost makes no second one", async () => {
    server.next.push("lost");
    await expect(target.put(task(), NEW, signal)).rejects.toMatchObject({ failure: "unreachable" });
    const standing = await target.put(task({ title: "Roofs" }), { ...NEW, maybeThere: true }, signal);
    expect(there.items()).toMatchObject([{ title: "Roofs" }]);
    expect(standing.url).toMatch(url);
  });

  test("what was finished there is seen, and is not opened again by a change of words", async () => {
    const standing = await target.put(task(), NEW, signal);
    expect((await target.look!([standing], Date.now() - 60_000, signal)).filter(({ done }) => done)).toEqual([]);
    there.finish();
    expect(await target.look!([standing], Date.now() - 60_000, signal)).toEqual([{ id: standing.id, done: true }]);
    await target.put(task({ title: "Roofs" }), { standing, status: "open", maybeThere: true }, signal);
    expect(there.items()).toMatchObject([{ title: "Roofs", state: "done" }]);
  });

  test("an item that somebody deleted is known to be gone", async () => {
    const standing = await target.put(task(), NEW, signal);
    there.remove();
    await expect(
      target.put(task({ title: "Roofs" }), { standing, status: "open", maybeThere: true }, signal),
    ).rejects.toMatchObject({ failure: "gone" });
    expect(there.items()).toEqual([]);
  });

  test("whether tasks can be put there is seen without putting any", async () => {
    expect(await target.check(signal)).toBe("usable");
    expect(server.asked.map(({ method }) => method)).toEqual(["GET"]);
    expect(there.items()).toEqual([]);
  });

  test("a check says of each trouble what it is, and repeats neither what was answered nor a secret", async () => {
    const echo = { message: "you sent: Bearer secret" };
    for (const [answered, failure, reason] of [
      [{ status: 401, body: echo }, "refused", "status 401"],
      [{ status: 404, body: echo }, "gone", "status 404"],
      [{ status: 500, body: echo }, "failing", "status 500"],
      [{ status: 200, body: "<html>Bearer secret" }, "unreadable", "the answer is no JSON"],
      ["slow" as const, "slow", "no answer within 0.3 s"],
      ["lost" as const, "unreachable", expect.stringMatching(/closed|RESET|SOCKET/)],
    ] as const) {
      server.next.push(answered);
      const error = await (answered === "slow" ? impatient : target).check(signal).then(
        () => null,
        (caught: unknown) => caught,
      );
      expect(error).toMatchObject({ failure, reason });
    }
  });

  test.each([
    [{ status: 401, body: { message: "Bad credentials" } }, { failure: "refused" }],
    [{ status: 302, headers: { location: "https://login.example.org" } }, { failure: "refused" }],
    [
      { status: 429, headers: { "retry-after": "77" } },
      { failure: "busy", retryAfterMs: 77_000 },
    ],
    [
      { status: 403, headers: { "retry-after": "60" } },
      { failure: "busy", retryAfterMs: 60_000 },
    ],
    [{ status: 500, body: "<html>" }, { failure: "failing" }],
    [{ status: 422, body: { message: "no" } }, { failure: "rejected" }],
    [{ status: 200, body: "<html>not json" }, { failure: "unreadable" }],
    ["slow" as const, { failure: "slow" }],
  ])("%j is what it is, and tells no secret", async (answered, expected) => {
    server.next.push(answered);
    const error = await (answered === "slow" ? impatient : target).put(task(), NEW, signal).then(
      () => null,
      (caught: unknown) => caught as Error,
    );
    expect(error).toMatchObject(expected);
    expect(error?.message).not.toMatch(/secret|c2VjcmV0/);
    expect(there.items()).toEqual([]);
  });
});

describe("texts of people", () => {
  test("call nobody and make no markup in an issue, and what people write below them stays", async () => {
    const there = githubStandIn();
    const server = await startTaskServer(there.answer);
    const folder = mkdtempSync(join(tmpdir(), "mindminder-"));
    writeFileSync(join(folder, tokenFile), "secret");
    const { target } = openTargets(
      ExportOptions.parse({
        targets: { it: { type: "github", apiUrl: server.url, tokenFile, repository: "example/garden" } },
      }),
      { folder, now: Date.now },
    ).get("it")!;
    const standing = await target.put(
      task({ description: "Eve: ask @ann <img src=x> [here](x) fixes #12" }),
      NEW,
      signal,
    );
    const text = there.items()[0]!.text;
    expect(text).not.toMatch(/@ann|(?<!\\)(?:<img|\[here|#12)/);
    await fetch(`${server.url}/repos/example/garden/issues/1`, {
      method: "PATCH",
      headers: { Authorization: "Bearer secret" },
      body: JSON.stringify({ body: `${text}\n\nNoted by hand.` }),
    });
    await target.put(task({ description: "Eve: ask Ann" }), { standing, status: "open", maybeThere: true }, signal);
    expect(there.items()[0]!.text).toMatch(/^Eve: ask Ann[\s\S]*Noted by hand\.$/);
    expect(there.items()[0]!.text).toContain(markOf(task()));
    await server.close();
  });
});
