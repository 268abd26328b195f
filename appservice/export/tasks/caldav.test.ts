import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, describe, test } from "vitest";
import { ExportOptions, openTargets } from "./registry.ts";
import type { TaskTarget } from "./target.ts";
import { NEW, task } from "../../../tests/support/tasks/task.ts";

type Item = { body: string; version: number };
type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
};

/** Calendar that changes an entry only when its mark is named; `mark` is how a proxy before it shows that mark. */
let items: Map<string, Item>;
let asked: Asked[];
let mark: (version: number) => string | null;
let sentOn: (path: string) => { readonly status: number; readonly location: string } | null;
let putAt: (path: string) => string;
let knowsMarks: boolean;
let server: ReturnType<typeof createServer>;
let calendar: TaskTarget;
const signal = new AbortController().signal;

beforeEach(async () => {
  [items, asked, mark, sentOn, putAt, knowsMarks] = [
    new Map(),
    [],
    (version) => `"e${version}"`,
    () => null,
    (path) => path,
    true,
  ];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => {
        const [method, path] = [request.method ?? "", request.url ?? ""];
        asked.push({ method, path, headers: request.headers });
        const elsewhere = sentOn(path);
        if (elsewhere) return response.writeHead(elsewhere.status, { Location: elsewhere.location }).end();
        const item = items.get(path);
        const shown = (version: number): Record<string, string> => ({
          ...(mark(version) === null ? {} : { ETag: mark(version)! }),
        });
        if (method === "GET")
          return item
            ? response.writeHead(200, { ...shown(item.version), "Content-Encoding": "gzip" }).end(gzipSync(item.body))
            : response.writeHead(404).end();
        const [match, none] = [request.headers["if-match"], request.headers["if-none-match"]];
        const fits =
          match === undefined ||
          (knowsMarks && item !== undefined && match.split(/,\s*/).includes(`"e${item.version}"`));
        if (!fits || (none === "*" && item)) return response.writeHead(412).end();
        const place = item ? path : putAt(path);
        items.set(place, { body: Buffer.concat(chunks).toString(), version: (item?.version ?? 0) + 1 });
        return response.writeHead(item ? 204 : 201, place === path ? {} : { Location: place }).end();
      });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cal`;
  const { target } = openTargets(ExportOptions.parse({ targets: { it: { type: "caldav", url } } }), {
    folder: "/",
    now: Date.now,
  }).get("it")!;
  calendar = target;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const change = async (changes: Parameters<typeof task>[0]) => {
  const standing = await calendar.put(task(), NEW, signal);
  return calendar.put(task(changes), { standing, maybeThere: true, status: "open" }, signal);
};
const summaries = () => [...items.values()].map(({ body }) => /^SUMMARY:(.*)$/m.exec(body)?.[1]?.trim());

describe("a task is changed whatever stands before the calendar", () => {
  test.each([
    ["strong", (n: number) => `"e${n}"`],
    ["weak", (n: number) => `W/"e${n}"`],
    ["Apache's", (n: number) => `"e${n}-gzip"`],
    ["Jetty's", (n: number) => `"e${n}--gzip"`],
    ["another's", (n: number) => `"e${n};br"`],
    ["weak, with an ending", (n: number) => `W/"e${n}-zstd"`],
    ["none", () => null],
    ["empty", () => ""],
    ["without quotes", (n: number) => `e${n}`],
    ["of its own", (n: number) => `"proxy-${n}"`],
  ])("which shows a mark that is %s", async (_, shown) => {
    mark = shown;
    await change({ title: "Water ALL roofs" });
    expect(summaries()).toEqual(["Water ALL roofs"]);
    expect(
      asked.filter(({ method }) => method === "GET").every(({ headers }) => headers["accept-encoding"] === "identity"),
    ).toBe(true);
  });

  test("and a server that knows no mark at all", async () => {
    knowsMarks = false;
    await change({ title: "Water ALL roofs" });
    expect(summaries()).toEqual(["Water ALL roofs"]);
  });

  test("but what people changed meanwhile is not written over", async () => {
    const standing = await calendar.put(task(), NEW, signal);
    let times = 0;
    mark = (version) => {
      // Somebody writes there after each look.
      for (const item of items.values())
        if (times++ < 1)
          Object.assign(item, {
            version: version + 1,
            body: item.body.replace("END:VTODO", "X-THEIRS:kept\r\nEND:VTODO"),
          });
      return `"e${version}"`;
    };
    await calendar.put(task({ title: "Water ALL roofs" }), { standing, maybeThere: true, status: "open" }, signal);
    expect([...items.values()][0]?.body).toMatch(/X-THEIRS:kept/);
  });
});

describe("a calendar that has moved", () => {
  test.each([301, 302, 307, 308])("within its server is found (%d)", async (status) => {
    sentOn = (path) => (path.endsWith("/") ? null : { status, location: `${path}/` });
    await change({ title: "Water ALL roofs" });
    expect(summaries()).toEqual(["Water ALL roofs"]);
  });

  test.each([
    ["another server", 301, "http://127.0.0.1:1/x"],
    ["a login", 302, "/login"],
    ["no place", 301, "http://"],
    ["itself", 301, ""],
  ])("to %s is not followed", async (_, status, location) => {
    sentOn = (path) => ({ status, location: location || path });
    await expect(calendar.put(task(), NEW, signal)).rejects.toMatchObject({ failure: "refused" });
  });

  test("and its entries, put under another name", async () => {
    putAt = (path) => path.replace("/cal/", "/cal/renamed-");
    await change({ title: "Water ALL roofs" });
    expect([...items.keys()]).toEqual([expect.stringContaining("renamed-")]);
    expect(summaries()).toEqual(["Water ALL roofs"]);
  });
});

test("a page that answers for an entry is not written back", async () => {
  const standing = await calendar.put(task(), NEW, signal);
  for (const item of items.values()) item.body = "<html>Please log in</html>";
  await expect(
    calendar.put(task({ title: "x" }), { standing, maybeThere: true, status: "open" }, signal),
  ).rejects.toMatchObject({ failure: "unreadable" });
  expect([...items.values()][0]?.body).toBe("<html>Please log in</html>");
});
