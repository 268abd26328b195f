import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Router } from "express";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { planOf, Scenario } from "../appservice/circle/scenario.ts";
import { recordFile, roomGraphFile } from "../appservice/export/file-formats.ts";
import { CarriedTasks } from "../appservice/journal/carried-tasks.ts";
import { openDatabase } from "../appservice/store/database.ts";
import { Journal } from "../appservice/journal/journal.ts";
import { Accesses } from "../appservice/store/accesses.ts";
import { madePurposes } from "./support/purposes/made-purposes.ts";
import { KeptAudio } from "../appservice/store/kept-audio.ts";
import { Meetings } from "../appservice/journal/meetings.ts";
import { type RoomChange, RoomPast } from "../appservice/store/room-past.ts";
import { Sessions } from "../appservice/store/sessions.ts";
import { sightOf } from "../appservice/store/sight.ts";
import { buildGraph } from "../appservice/minutes/graph/build.ts";
import { onTheSpot } from "../appservice/minutes/rules.ts";
import { JOBS } from "../appservice/elsewhere/jobs.ts";
import { createAssemblyWork } from "../appservice/parts/assembly-work.ts";
import { ASSEMBLY_FORMATS } from "../appservice/protocol/assembly-formats.ts";
import { AssemblyTable, planned } from "./support/assembly/table.ts";
import { roomGraph } from "../appservice/minutes/graph/room-graph.ts";
import { FILE_FORMATS, GRAPH_FORMATS } from "../appservice/protocol/format-list.ts";
import { DEVICE_HEADER } from "../appservice/protocol/http-api.ts";
import { LimitOptions } from "../appservice/http/limits.ts";
import { listen } from "../appservice/http/server.ts";
import { madeIssuers } from "../appservice/admission/testing/made-issuers.ts";
import { widgetApi, type WidgetApiDeps } from "../appservice/http/widget-api.ts";
import { madeActor } from "./support/protocol/made-actor.ts";
import { personId, roomId } from "./support/protocol/ids.ts";
import type { MeetingId, ParticipantId } from "../appservice/protocol/identity.ts";

const [ROOM, ANN, EVE, DEVICE] = [roomId("!circle"), personId("@ann:hs"), personId("@eve:hs"), "a-tab-of-a-browser"];
const MINUTE = 60_000;
/** The meeting is on from the tenth minute to the twentieth; each says something that is nowhere else. */
const [EARLY, LATE] = ["walrus", "ocelot"];

const change = (at: number, value: string, who: ParticipantId | null = EVE): RoomChange => ({
  at: at * MINUTE,
  who,
  value,
  eventId: null,
});

/**
 * A room with one meeting that is over, an hour later. `past`: what is known of who was in it, and of what it shows.
 */
async function service(past: readonly RoomChange[]) {
  const db = openDatabase(":memory:");
  let now = 10 * MINUTE;
  const meetings = new Meetings({
    journal: new Journal(db),
    now: () => now,
    languageOf: () => "en",
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  const plan = planOf(
    Scenario.parse({ id: "garden", title: "Garden", turnSeconds: 3000, circles: [{ theme: "How?" }] }),
    "en",
    "",
  );
  const person = { actor: madeActor(ANN, { moderates: true, door: "chat" }), expectedVersion: null } as const;
  meetings.send(ROOM, { type: "join", name: "Ann", ...person, at: now });
  meetings.send(ROOM, { type: "start", plan, topic: "", seed: 1, ...person, at: now });
  const { id } = meetings.of(ROOM)!.meeting;
  const engine = { id: "e", model: "m" };
  const say = (piece: number, minute: number, text: string) =>
    meetings.note(id, {
      type: "utterance-heard",
      utterance: {
        id: `1.${piece}`,
        turn: 1,
        circle: 0,
        speaker: ANN,
        startedAt: minute * MINUTE,
        endedAt: minute * MINUTE + 1,
        language: "en",
        engine,
        text,
        segments: [{ kind: "speech", text }],
      },
    });
  say(1, 11, `I propose a ${EARLY} for the garden.`);
  say(2, 19, `I propose an ${LATE} for the garden.`);
  meetings.note(id, {
    type: "comment-made",
    comment: { id: "$early", circle: 0, turn: 1, who: ANN, name: "Ann", at: 12 * MINUTE, text: `one ${EARLY} please` },
  });
  now = 20 * MINUTE;
  meetings.send(ROOM, { type: "end", ...person, at: now });
  meetings.note(id, { type: "turn-heard", turn: 1, complete: true });
  const madeBy = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: now } as const;
  const task = (word: string, from: string) => ({
    id: word,
    title: `Feed the ${word}`,
    owner: EVE,
    due: null,
    from: [from],
    status: "open" as const,
  });
  meetings.note(id, {
    type: "minutes-made",
    entry: {
      about: { kind: "meeting" },
      madeBy,
      result: { form: "tasks", tasks: [task(EARLY, "1.1"), task(LATE, "1.2")] },
    },
  });
  meetings.note(id, {
    type: "minutes-made",
    entry: {
      about: { kind: "meeting" },
      madeBy: { ...madeBy, plugin: "meeting-summary" },
      result: {
        form: "summary",
        sentences: [
          { text: `A ${EARLY} and more.`, from: ["1.1"] },
          { text: `An ${LATE}, too.`, from: ["1.2"] },
        ],
      },
    },
  });
  meetings.note(id, {
    type: "corrected",
    at: now,
    by: ANN,
    name: "Ann",
    door: "widget",
    change: { of: "task", id: EARLY, title: `Feed the ${EARLY} twice` },
  });
  now = 80 * MINUTE;

  const folder = mkdtempSync(join(tmpdir(), "mindminder-seen-"));
  const audio = new KeptAudio({ db, folder, days: 2, now: () => now });
  audio.consent({ room: ROOM, speaker: ANN }, true);
  for (const [minute, word] of [
    [11, EARLY],
    [19, LATE],
  ] as const) {
    const file = join(
      folder,
      audio.placeFor({ room: ROOM, speaker: ANN }, { meeting: id, turn: 1, startedAt: minute * MINUTE }) ?? "",
    );
    if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `sound of the ${word}`);
  }
  const roomPast = new RoomPast(db);
  roomPast.note(ROOM, past);
  const carried = new CarriedTasks(db, meetings);
  const outside = {
    targets: [{ name: "tracker", type: "csv" }],
    chosen: "tracker",
    standing: () => ({ standing: 2, waiting: 0 }),
    problem: () => null,
    items: () => [EARLY, LATE].map((word) => ({ meeting: id, task: word, url: `https://t.example/${word}` })),
    use: () => {},
    again: () => {},
  };
  const sessions = new Sessions(db);
  const accesses = new Accesses(db);
  const parts = {
    audio,
    accesses,
    purposes: madePurposes(db),
    ownData: { addressFor: () => "https://circle.example.org/api/v1/my-data#secret", open: () => null },
    sessions,
    meetings,
    now: () => now,
    languageOf: () => "en",
    speechLoad: () => null,
    captionsOf: () => [],
    refusalText: ({ code }: { code: string }) => code,
    admissions: madeIssuers({
      rooms: { isJoined: async () => true, isModerator: async () => true, nameOf: async (_, who) => who },
      sight: { of: async (room, who) => sightOf(roomPast.of(room, who), who) },
    }),
    assemblies: { of: () => assemblyWith(id) },
    room: { hasBot: async () => true },
    recordFile: async (format, of) =>
      new TextEncoder().encode(JSON.stringify(recordFile(format, of, () => buildGraph(of.meeting, of.record)))),
    listening: () => undefined,
    graphOf: async ({ meeting, record }) => buildGraph(meeting, record),
    roomGraph: (_, graphs) => roomGraph(graphs, onTheSpot, null, () => {}),
    translate: async ({ texts }) => ({ texts: texts.map((text) => `EN ${text}`), model: "m", failed: null }),
    roomGraphFile,
    assemblyWork: createAssemblyWork(hereOnTheSpot),
    tasks: { outside: () => outside, carriedInto: (meeting) => carried.into(meeting) },
  } as Partial<{ [key in keyof WidgetApiDeps]: unknown }> &
    Pick<WidgetApiDeps, "recordFile" | "graphOf" | "roomGraph" | "translate" | "tasks"> as unknown as WidgetApiDeps;
  const limits = LimitOptions.parse({});
  const server = await listen(
    {
      appservice: Router(),
      widgetApi: widgetApi(parts),
      widgetFiles: Router(),
      health: Router(),
      livekitWebhook: async () => {},
    },
    { bind: "127.0.0.1", port: 0, trustedProxies: [], limits },
    pino({ level: "silent" }),
  );
  onTestFinished(() => void server.close());
  const token = sessions.open({ participant: EVE, room: ROOM, device: DEVICE, expiresAt: now + MINUTE });
  const ask = async (path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, [DEVICE_HEADER]: DEVICE, "content-type": "application/json" };
    const answer = await fetch(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/rooms/${encodeURIComponent(ROOM)}/${path}`,
      { headers, ...(body ? { method: "POST", body: JSON.stringify(body) } : {}) },
    );
    return { path, status: answer.status, text: await answer.text() };
  };
  const one = `meetings/${id}`;
  const doors = [
    "record",
    "meeting",
    "meetings",
    one,
    `${one}/graph`,
    "graph",
    ...GRAPH_FORMATS.map((format) => `graph/files/${format}`),
    ...FILE_FORMATS.map((format) => `${one}/files/${format}`),
    "assembly/record",
    ...ASSEMBLY_FORMATS.map((format) => `assembly/files/${format}`),
    `${one}/audio`,
    `${one}/audio/1.1`,
    `${one}/audio/1.2`,
    "open-tasks",
    "export",
  ];
  const all = async () => [
    ...(await Promise.all(doors.map((door) => ask(door)))),
    await ask("redo", { meeting: id }),
    await ask("corrections", { meeting: id, seen: 1, change: { of: "task", id: EARLY, due: "2026-01-01" } }),
    await ask("corrections", { meeting: id, seen: 0, change: { of: "utterance", id: "1.1", text: "" } }),
  ];
  return { ask, all, doors, id, noted: () => accesses.of(ROOM) };
}

test("whoever is shown words of a meeting by any door is noted as having read them, or taken them away", async () => {
  const here = [change(0, "shared", null), change(0, "join")];
  const { doors: all } = await service(here);
  const shown = new Set<string>();
  for (const n of all.keys()) {
    const { ask, id, noted, doors } = await service(here);
    const door = doors[n] ?? "";
    const { text } = await ask(door);
    if (!text.toLowerCase().includes(EARLY)) continue;
    shown.add(door.replace(id, "ID"));
    const what = door.includes("/audio/") ? "sound" : door.includes("files/") ? "export" : "read";
    expect(noted(), door).toEqual([expect.objectContaining({ meeting: id, who: EVE, what })]);
  }
  expect([...shown]).toEqual(expect.arrayContaining(["meetings/ID/graph", "graph", "graph/files/mermaid", "export"]));
});

/** An assembly that is over, in which the meeting was the one of a ring. */
function assemblyWith(meeting: MeetingId) {
  const table = new AssemblyTable().gather("ann", "bob", "tom").start("ann", planned([{ kind: "rings" }]));
  table.send({ type: "ring-gathered", ring: 1, meeting, at: table.at });
  return table.toTheEnd().state;
}

const hereOnTheSpot = {
  run: async (job: keyof typeof JOBS, given: readonly unknown[]) =>
    (JOBS[job] as (...all: readonly unknown[]) => never)(...given),
} as Parameters<typeof createAssemblyWork>[0];

/** Findings of Eve at all doors: words of the meeting's beginning, words of its end, that there was one. */
async function foundBy(past: readonly RoomChange[]) {
  const { all, id } = await service(past);
  const answers = await all();
  const with_ = (word: string) => answers.filter(({ text }) => text.toLowerCase().includes(word)).length;
  expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
  return { early: with_(EARLY), late: with_(LATE), meeting: with_(id) };
}

const EVES = {
  "joined before": [change(1, "invite"), change(2, "join")],
  "invited before, joined after": [change(5, "invite"), change(40, "join")],
  "joined after": [change(39, "invite"), change(40, "join")],
  "kicked before, and back": [change(1, "join"), change(8, "leave"), change(40, "join")],
  "never before now": [change(79, "join")],
};
const NOTHING: readonly string[] = ["joined after", "kicked before, and back", "never before now"];

describe("nobody finds at any door what the homeserver would not show them", () => {
  const table = (["world_readable", "shared", "invited", "joined", "a made-up one", null] as const).flatMap(
    (visibility) => Object.keys(EVES).map((eve) => [visibility, eve as keyof typeof EVES] as const),
  );
  test.each(table)("%s, %s", async (visibility, eve) => {
    const { early, late, meeting } = await foundBy([
      ...(visibility ? [change(0, visibility === "a made-up one" ? "joined" : visibility, null)] : []),
      ...EVES[eve],
    ]);
    const open = visibility === null || visibility === "shared" || visibility === "world_readable";
    const sees = open || eve === "joined before" || (visibility === "invited" && !NOTHING.includes(eve));
    if (sees) expect([early, late, meeting].every((count) => count > 5)).toBe(true);
    else expect([early, late, meeting]).toEqual([0, 0, 0]);
  });

  test("what the room showed when it happened holds, whatever it shows now", async () => {
    expect(await foundBy([change(0, "joined", null), change(30, "shared", null), ...EVES["joined after"]])).toEqual({
      early: 0,
      late: 0,
      meeting: 0,
    });
    expect(
      (await foundBy([change(0, "shared", null), change(30, "joined", null), ...EVES["joined after"]])).early,
    ).toBeGreaterThan(5);
  });

  test.each([
    ["comes in the midst of it", [change(0, "joined", null), change(15, "join")]],
    ["is asked in in the midst of it", [change(0, "invited", null), change(15, "invite"), change(40, "join")]],
    [
      "is there again in the midst of it",
      [change(0, "joined", null), change(1, "join"), change(5, "leave"), change(15, "join")],
    ],
    [
      "is in a room that opens in the midst of it",
      [change(0, "joined", null), change(15, "shared", null), change(40, "join")],
    ],
  ])("who %s finds what was from then on", async (_, past) => {
    const { early, late, meeting } = await foundBy(past);
    expect([early, late > 5, meeting > 5]).toEqual([0, true, true]);
  });

  test("whoever misses meetings is told why", async () => {
    const { ask } = await service([change(0, "joined", null), ...EVES["joined after"]]);
    expect(JSON.parse((await ask("meetings")).text)).toEqual({ meetings: [], hidden: true });
    const before = await service([change(0, "joined", null), ...EVES["joined before"]]);
    expect(JSON.parse((await before.ask("meetings")).text)).not.toHaveProperty("hidden");
  });
});
