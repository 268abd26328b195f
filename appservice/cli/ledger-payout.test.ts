import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { ANN, BOB } from "../../tests/support/ledger/story.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { Journal } from "../journal/journal.ts";
import { Quarter } from "../protocol/account.ts";
import { openDatabase } from "../store/database.ts";

const PROGRAM = join(import.meta.dirname, "mindminder.mjs");
const ROOM = roomId("!garden");
const MEETING = meetingId("mpayout0001");
const SECRET = "a secret that both sides know";

/** An installation in which a pot of 100 euro counts for Ann and Bob since the 1st of August 2026. */
function installation() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-payout-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const homeserver = { url: "http://127.0.0.1:1", serverName: "hs", registration: "-" };
  const livekit = { url: "ws://127.0.0.1:1", apiKey: "key", apiSecret: "a secret of thirty-two characters" };
  const config = { homeserver, livekit, service: { publicUrl: "http://hs" }, database: "m.db" };
  writeFileSync(join(folder, "config.yaml"), JSON.stringify(config));
  writeFileSync(join(folder, "secret"), `${SECRET}\n`);
  const db = openDatabase(join(folder, "m.db"));
  const [at, countsAt] = [Date.parse("2026-07-18T00:00:00Z"), Date.parse("2026-08-01T00:00:00Z")];
  const shares = [
    { who: ANN, amount: 6_667 },
    { who: BOB, amount: 3_333 },
  ];
  const terms = { circle: 0, rule: "hours", unit: "EUR", amount: 10_000, quarter: Quarter.parse("2026-Q2") } as const;
  const gathered = { type: "meeting-gathered", at, id: MEETING, roomId: ROOM, language: "en" } as const;
  const pot = { id: "p1", ...terms, shares, countsAt };
  new Journal(db).append(
    MEETING,
    ROOM,
    0,
    [
      { kind: "circle", event: gathered },
      { kind: "record", event: { type: "pot-shown", at, by: ANN, door: "chat", pot } },
    ],
    at,
  );
  db.close();
  return async (...args: string[]) => {
    const child = spawn(process.execPath, [PROGRAM, "ledger", "payout", ...args, "-c", "config.yaml"], { cwd: folder });
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "exit") as Promise<[number]>,
    ]);
    return { status, stdout, stderr };
  };
}

/** A server that takes orders, or refuses them. */
async function books(status: number) {
  const taken: { readonly headers: Record<string, unknown>; readonly body: string }[] = [];
  const server = createServer(async (request, response) => {
    taken.push({ headers: request.headers, body: await text(request) });
    response.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`, taken };
}

test("the shares of a pot are a table of orders, and no other quarter has them", async () => {
  const run = installation();
  const { stdout, status } = await run(ROOM, "2026-Q3");
  expect(status).toBe(0);
  const [head, ...rows] = stdout.trim().split(/\r?\n/);
  expect(head).toBe("id,day,pot,to,amount,currency");
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain("2026-08-01,pot:p1,");
  expect(rows.map((row) => row.split(",").at(-2))).toEqual(["66.67", "33.33"]);
  const other = await run(ROOM, "2026-q2");
  expect(other.status).not.toBe(0);
  expect(other.stderr).toContain("2026-Q2: no share of a pot counts in this quarter.");
});

test("a program is sent the orders, signed, and the same ones under the same name when they are sent again", async () => {
  const run = installation();
  const { url, taken } = await books(204);
  const asked = [ROOM, "2026-Q3", "--as", "signed-request", "--to", url, "--secret-file", "secret"];
  expect((await run(...asked)).stdout).toContain("2 orders were taken.");
  await run(...asked);
  expect(taken).toHaveLength(2);
  for (const { headers, body } of taken) {
    const signed = createHmac("sha256", SECRET).update(`${headers["x-mindminder-timestamp"]}.${body}`).digest("hex");
    expect(headers["x-mindminder-signature"]).toBe(`v1=${signed}`);
  }
  expect(taken[0]?.headers["x-mindminder-delivery"]).toBe(taken[1]?.headers["x-mindminder-delivery"]);
  expect(JSON.parse(taken[0]!.body)).toMatchObject({
    type: "payout-orders",
    room: ROOM,
    quarter: "2026-Q3",
    orders: [
      { to: ANN, amount: 6_667, currency: "EUR" },
      { to: BOB, amount: 3_333, currency: "EUR" },
    ],
  });
});

test("orders that were not taken, and a target or a secret that is missing, are told", async () => {
  const run = installation();
  const { url } = await books(500);
  const refused = await run(ROOM, "2026-Q3", "--as", "signed-request", "--to", url, "--secret-file", "secret");
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain("500");
  const unsigned = await run(ROOM, "2026-Q3", "--as", "signed-request", "--to", url);
  expect(unsigned.stderr).toContain("--secret-file has to name the file");
  const unknown = await run(ROOM, "2026-Q3", "--as", "bank");
  expect(unknown.stderr).toContain("“bank” is no target of payouts. There are: csv");
});
