import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { AccessToken } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { DEVICE_HEADER } from "../../appservice/protocol/http-api.ts";
import { memoryMb } from "../bench/load/process-usage.ts";
import { anything, HANGS_MS, runs, spoiled } from "../fuzz/hostile.ts";
import { slowness } from "../support/slowness.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

/** The real service at its doors: whatever comes, it answers in words, soon, and goes on. */
let mindminder: Mindminder;
let ann: MatrixPerson;
let room: string;
let widget: WidgetPerson;
let hsToken: string;

/** Megabytes that the service may grow by under thousands of odd requests: heap that has not been given back yet. */
const GROWS_MB = 250;

beforeAll(async () => {
  const many = 1_000_000;
  const limits = { sessions: many, personSessions: many, requests: many, files: many, failures: many };
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-doors-")),
    config: { speech: { engine: "off" }, service: { limits } },
  });
  ann = await MatrixPerson.register(mindminder.synapse, "ann", "Ann");
  room = await roomWithBot(mindminder, ann);
  widget = await WidgetPerson.open(mindminder.url, room, ann);
  hsToken = (parse(await readFile(join(mindminder.dir, "registration.yaml"), "utf8")) as { hs_token: string }).hs_token;
});

afterAll(async () => {
  await ann?.close();
  await mindminder?.stop();
});

/** The answer's status; an odd one is one of the inside, or one that took long. */
async function asked(path: string, init: RequestInit): Promise<number> {
  const [slow, began] = [slowness([process.pid, mindminder.pid]), performance.now()];
  const response = await fetch(`${mindminder.url}${path}`, { ...init, signal: AbortSignal.timeout(60_000) });
  const text = await response.text();
  expect(performance.now() - began, `${path} took long`).toBeLessThan(HANGS_MS * slow());
  expect(response.status, `${path} ${String(init.body).slice(0, 500)}: ${text.slice(0, 300)}`).toBeLessThan(500);
  if (response.status >= 400) expect(text).not.toMatch(/node_modules|\.ts:\d|SQLITE|ZodError/);
  return response.status;
}

async function stillWell(before: number): Promise<void> {
  const { pid } = mindminder;
  process.kill(pid, 0);
  expect((await fetch(`${mindminder.url}/healthz`)).status).toBe(200);
  expect((await widget.ask("meeting")).status).toBe(200);
  expect(await ann.command(room, "!circle status")).toEqual(expect.any(String));
  expect(memoryMb(pid) - before).toBeLessThan(GROWS_MB);
}

const asJson = (value: unknown) => JSON.stringify(value) ?? "";
const broken = fc.string({ unit: "binary", maxLength: 200 });

test("the widget's interface answers whatever is asked of it", async () => {
  const before = memoryMb(mindminder.pid);
  await widget.joinCircle();
  await widget.command({ type: "start", scenario: "council" });
  const { meeting } = await widget.meeting();
  const POSTS: Readonly<Record<string, readonly object[]>> = {
    commands: [
      { type: "join" },
      { type: "pass", expectedVersion: meeting?.version },
      { type: "start", scenario: "council", topic: "чай" },
      { type: "raise-hand", hand: "reply" },
      { type: "take-position", position: "object", reason: "because" },
      { type: "write", text: "text", finished: true },
      { type: "give-word", to: ann.userId, expectedVersion: 1 },
    ],
    corrections: [
      { meeting: meeting?.id, seen: 0, change: { of: "task", id: "x", title: "Title", due: "2026-02-03" } },
      { meeting: meeting?.id, seen: 0, change: { of: "summary", id: "x", sentences: ["One."] } },
    ],
    redo: [{ meeting: meeting?.id }],
    translation: [{ meeting: meeting?.id, to: "ru", texts: ["What was said."] }],
    export: [{ target: "none" }],
    "my-purposes": [{ purpose: "sound", given: true, hash: "0".repeat(64) }],
    "assembly/commands": [
      { type: "call-keeper" },
      { type: "tell-all", text: "Five minutes." },
      { type: "visit", to: 2 },
    ],
    "assembly/seat": [{ to: 2 }, { who: ann.userId, to: 1 }],
    call: [{}],
  };
  const GETS = [
    "meeting",
    "record",
    "record?version=1",
    "scenarios",
    "my-text",
    "meetings",
    `meetings/${meeting?.id}`,
    `meetings/${meeting?.id}/files/json`,
    `meetings/${meeting?.id}/graph`,
    "graph",
    "graph/files/dot",
    "open-tasks",
    "export",
    "out-of-turn",
    "assembly",
    "assembly/record",
    "assembly/files/text",
    "my-purposes",
    "my-account/now",
    `people/${ann.userId}/picture`,
  ];
  const post = fc
    .constantFrom(...Object.keys(POSTS))
    .chain((what) =>
      fc
        .oneof(spoiled(POSTS[what] ?? []).map(asJson), anything.map(asJson), broken)
        .map((body) => ({ what, method: "POST" as const, body })),
    );
  const get = fc
    .record({
      what: fc.constantFrom(...GETS),
      more: fc.oneof(
        broken,
        fc.constantFrom("", "..%2f..%2fetc%2fpasswd", "%00", "%ff", "?a[b]=c", "?version=-1", "?version[]=x"),
      ),
    })
    .map(({ what, more }) => ({
      what: what + more.replace(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character.toWellFormed())),
      method: "GET" as const,
      body: undefined,
    }));
  await fc.assert(
    fc.asyncProperty(fc.oneof(post, get), async ({ what, method, body }) => {
      await asked(`/api/v1/rooms/${encodeURIComponent(room)}/${what}`, {
        method,
        headers: { ...widget.headers, "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body }),
      });
    }),
    runs(150),
  );
  await stillWell(before);
});

test("whoever has no session gets none by anything they send", async () => {
  const before = memoryMb(mindminder.pid);
  const openid = {
    roomId: room,
    openid: {
      access_token: "x",
      matrix_server_name: mindminder.synapse.serverName,
      token_type: "Bearer",
      expires_in: 3600,
    },
  };
  const body = fc.oneof(
    spoiled([openid, { issuer: "link", code: "a".repeat(32) }]).map(asJson),
    anything.map(asJson),
    broken,
  );
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom(randomUUID(), "", "x".repeat(3_000)), async (text, device) => {
      expect(
        await asked("/api/v1/session", {
          method: "POST",
          headers: { "Content-Type": "application/json", [DEVICE_HEADER]: device },
          body: text,
        }),
      ).toBeGreaterThanOrEqual(400);
      expect(await asked("/api/v1/my-data", { method: "POST", body: text })).toBeGreaterThanOrEqual(400);
      expect(await asked("/api/v1/my-data", { headers: { "accept-language": encodeURIComponent(device) } })).toBe(200);
    }),
    runs(60),
  );
  await stillWell(before);
});

test("whatever the homeserver delivers is acknowledged or refused, and the bot goes on hearing", async () => {
  const before = memoryMb(mindminder.pid);
  const event = {
    event_id: "$e",
    room_id: room,
    sender: ann.userId,
    type: "m.room.message",
    origin_server_ts: 1,
    content: { msgtype: "m.text", body: "!circle status" },
  };
  const member = {
    ...event,
    type: "m.room.member",
    state_key: "@eve:hs",
    content: { membership: "join", displayname: "Eve" },
  };
  let count = 0;
  const half = asJson({
    events: [{ ...event, event_id: "$half", content: { msgtype: "m.text", body: "half a letter: \ud800" } }],
  });
  const transaction = fc.oneof(
    fc.array(spoiled([event, member]), { maxLength: 4 }).map((events) =>
      asJson({
        events: events.map((each) =>
          typeof each === "object" && each !== null && "event_id" in each && each.event_id === "$e"
            ? { ...each, event_id: `$fuzz${count++}` }
            : each,
        ),
      }),
    ),
    anything.map(asJson),
    broken,
  );
  await fc.assert(
    fc.asyncProperty(transaction, async (body) => {
      await asked(`/_matrix/app/v1/transactions/${randomUUID()}`, {
        method: "PUT",
        headers: { authorization: `Bearer ${hsToken}`, "Content-Type": "application/json" },
        body,
      });
    }),
    { ...runs(60), examples: [[half]] },
  );
  await stillWell(before);
});

test("whatever comes with LiveKit's signature is taken or refused, and the call goes on", async () => {
  const before = memoryMb(mindminder.pid);
  const { apiKey, apiSecret } = mindminder.livekit;
  const joined = {
    event: "participant_joined",
    id: "EV_1",
    createdAt: "1772452800",
    room: { name: room, sid: "RM_1" },
    participant: {
      identity: ann.userId,
      sid: "PA_1",
      state: "ACTIVE",
      joinedAt: "1772452800",
      permission: { canPublish: true },
      tracks: [{ sid: "TR_1", source: "MICROPHONE", muted: true }],
      metadata: "{}",
    },
  };
  const body = fc.oneof(
    spoiled([
      joined,
      { ...joined, event: "participant_left" },
      { ...joined, event: "room_finished" },
      { ...joined, event: "track_published" },
    ]).map(asJson),
    anything.map(asJson),
    broken,
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const token = new AccessToken(apiKey, apiSecret, { ttl: 60 });
      token.sha256 = createHash("sha256").update(text).digest("base64");
      await asked("/livekit/webhook", {
        method: "POST",
        headers: { authorization: await token.toJwt(), "Content-Type": "application/webhook+json" },
        body: text,
      });
    }),
    runs(60),
  );
  await stillWell(before);
  expect((await widget.call()).token).toEqual(expect.any(String));
});
