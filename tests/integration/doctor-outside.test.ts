import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { loadConfig } from "../../appservice/configuration/load-config.ts";
import { registrationFor } from "../../appservice/configuration/registration.ts";
import { embeddings } from "../../appservice/doctor/checks/embeddings.ts";
import { languageModel } from "../../appservice/doctor/checks/language-model.ts";
import { taskManagers } from "../../appservice/doctor/checks/task-managers.ts";
import { examine } from "../../appservice/doctor/doctor.ts";
import type { Finding } from "../../appservice/doctor/finding.ts";
import type { DoctorLook } from "../../appservice/doctor/look.ts";
import { serve } from "../support/stack/answering-server.ts";
import { type EmbeddingsServer, startEmbeddingsServer } from "../support/stack/embeddings-server.ts";
import { LONG } from "../support/stack/long.ts";
import { freePort } from "../support/stack/ports.ts";
import { type Radicale, startRadicale } from "../support/stack/radicale.ts";
import { type Roundup, startRoundup } from "../support/stack/roundup.ts";

const KEY = "sk-roof-garden-7781";

let dir: string;
let radicale: Radicale;
let roundup: Roundup;
let vectors: EmbeddingsServer;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "mindminder-doctor-outside-"));
  [radicale, roundup, vectors] = await Promise.all([
    startRadicale({ dir: join(dir, "radicale") }),
    startRoundup({ dir: join(dir, "roundup") }),
    startEmbeddingsServer({ dir: join(dir, "vectors") }),
  ]);
  for (const [name, secret] of Object.entries({
    key: KEY,
    dav: radicale.password,
    tracker: roundup.password,
    wrong: KEY,
  }))
    writeFileSync(join(dir, name), `${secret}\n`);
});
afterAll(async () => {
  await Promise.all([radicale?.stop(), roundup?.stop(), vectors?.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

type Values = Readonly<Record<string, unknown>>;

/** A configuration that is otherwise in order, of which only the part in question is looked at. */
function configured(values: Values): string {
  const file = join(dir, "config.yaml");
  writeFileSync(
    join(dir, "registration.yaml"),
    stringify(registrationFor({ url: "http://127.0.0.1:9", id: "mindminder", bot: "mindminder" })),
  );
  writeFileSync(
    file,
    stringify({
      homeserver: { url: "http://127.0.0.1:9", serverName: "localhost", registration: "registration.yaml" },
      service: { publicUrl: "http://127.0.0.1:9" },
      livekit: { url: "ws://127.0.0.1:9", apiKey: "key", apiSecret: "0123456789abcdef0123456789abcdef" },
      speech: { engine: "off" },
      database: "mindminder.db",
      ...values,
    }),
  );
  return file;
}

async function found(look: DoctorLook, values: Values): Promise<readonly Finding[]> {
  const nobody = { kind: "port-taken", expectWebhook: async () => async () => false, close: async () => {} } as const;
  return look.look({ ...loadConfig(configured(values)), own: nobody, room: null });
}

/** Servers as an admin meets them. `echo` repeats what it was sent, as some do when they refuse. */
const echo =
  (status: number): RequestListener =>
  ({ headers }, response) =>
    void response
      .writeHead(status, { "content-type": "application/json" })
      .end(JSON.stringify({ error: { message: `no: ${JSON.stringify(headers)}` } }));
const hangs: RequestListener = () => {};
const says =
  (body: string): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { "content-type": "application/json" }).end(body);
const nobodyAt = async () => `http://127.0.0.1:${await freePort()}`;

describe("task managers", () => {
  const targets = (all: Values) => ({ export: { targets: all } });
  const dav = () => ({ type: "caldav", url: radicale.calendar, username: radicale.username, passwordFile: "dav" });
  const tracker = () => ({ type: "roundup", url: roundup.url, username: roundup.username, passwordFile: "tracker" });

  test("those that work are in order, and nothing stands there afterwards", async () => {
    const findings = await found(
      taskManagers,
      targets({
        calendar: dav(),
        tracker: tracker(),
        table: { type: "csv", file: "tasks.csv" },
        hook: { type: "webhook", url: await serve(echo(405)), secretFile: "key" },
      }),
    );
    expect(findings.map(({ state, what }) => `${state}: ${what}`)).toEqual([
      "in-order: calendar (caldav) lets us in, and the place for tasks is there.",
      "in-order: tracker (roundup) lets us in, and the place for tasks is there.",
      "in-order: table (csv) lets us in, and the place for tasks is there.",
      "in-order: hook (webhook) answers; what it says to a task, only a task will tell.",
    ]);
    expect((await radicale.objects()).size).toBe(0);
    expect((await roundup.ask("GET", "issue"))["collection"]).toEqual([]);
  });

  test("none is no mistake", async () => {
    expect(await found(taskManagers, {})).toMatchObject([{ state: "not-looked-at" }]);
  });

  test("each trouble stands beside its remedy, by the target's name, and no secret is repeated", async () => {
    const github = async (listener: RequestListener, more: Values = {}) => ({
      type: "github",
      repository: "example/garden",
      tokenFile: "key",
      apiUrl: await serve(listener),
      ...more,
    });
    const findings = await found(
      taskManagers,
      targets({
        password: { ...dav(), passwordFile: "wrong" },
        calendar: { ...dav(), url: `${radicale.calendar}-of-nobody` },
        "no-calendar": { ...dav(), url: radicale.calendar.replace(/\/tasks$/, "") },
        login: { ...tracker(), passwordFile: "wrong" },
        status: { ...tracker(), doneStatus: "finished" },
        refuses: await github(echo(401)),
        fails: await github(echo(500)),
        busy: await github(echo(429)),
        hangs: await github(hangs, { timeoutSeconds: 0.3 }),
        other: await github(says("<html>")),
        away: { type: "gitlab", project: "garden/roofs", tokenFile: "key", url: await nobodyAt() },
        table: { type: "csv", file: "key/tasks.csv" },
      }),
    );
    expect(findings.map(({ state, what }) => `${state}: ${what}`)).toEqual([
      "problem: password (caldav) does not let us in (status 401).",
      "problem: calendar (caldav) has no such place (status 404).",
      "problem: no-calendar (caldav) cannot be used as it is configured (there is something else than a calendar).",
      "problem: login (roundup) does not let us in (status 401).",
      expect.stringContaining(
        "problem: status (roundup) cannot be used as it is configured (it has no status “finished”, but",
      ),
      "problem: refuses (github) does not let us in (status 401).",
      "problem: fails (github) fails (status 500).",
      "warning: busy (github) wants to be left alone for now (status 429).",
      "problem: hangs (github) does not answer (no answer within 0.3 s).",
      "problem: other (github) answers something else than a task manager of this kind (the answer is no JSON).",
      "problem: away (gitlab) cannot be reached (ECONNREFUSED).",
      expect.stringContaining(
        "problem: table (csv) cannot be used as it is configured (the table cannot be read or written",
      ),
    ]);
    for (const { what, remedy } of findings) {
      expect(remedy).toMatch(/export\.targets\.|Look into its log|Nothing needs doing/);
      expect(what + remedy).not.toContain(KEY);
    }
  });
});

describe("language model", () => {
  const minutes = (baseUrl: string, more: Values = {}) => ({
    minutes: { llm: { baseUrl, model: "writer", apiKeyFile: "key", ...more } },
  });
  const ready = JSON.stringify({ choices: [{ message: { content: '{"ready": true}' } }] });

  test("one that answers is in order, and so is one that a plugin has for itself", async () => {
    const [one, own] = [await serve(says(ready)), await serve(says(ready))];
    expect((await found(languageModel, minutes(one))).map(({ what }) => what)).toEqual([`writer answers at ${one}.`]);
    const both = {
      minutes: { ...minutes(one).minutes, plugins: { "meeting-summary": { llm: { baseUrl: own, model: "own" } } } },
    };
    expect((await found(languageModel, both)).map(({ what }) => what)).toEqual([
      `writer answers at ${one}.`,
      `own answers at ${own}.`,
    ]);
  });

  test.each<[string, () => Promise<{ at: string; more?: Values }>, Finding["state"], RegExp, RegExp]>([
    [
      "a key it does not know",
      async () => ({ at: await serve(echo(401)) }),
      "problem",
      /status 401/,
      /minutes\.llm: .*apiKeyFile/,
    ],
    [
      "a path without the version",
      async () => ({ at: await serve(echo(404)) }),
      "problem",
      /status 404/,
      /baseUrl with its version/,
    ],
    ["nobody there", async () => ({ at: await nobodyAt() }), "problem", /cannot be reached/, /minutes\.llm\.baseUrl/],
    [
      "no answer",
      async () => ({ at: await serve(hangs), more: { timeoutSeconds: 0.3 } }),
      "problem",
      /within 0\.3 s/,
      /minutes\.llm\.timeoutSeconds/,
    ],
    [
      "chatter",
      async () => ({
        at: await serve(says(JSON.stringify({ choices: [{ message: { content: "Sure! I am ready." } }] }))),
      }),
      "warning",
      /not in the form/,
      /larger model/,
    ],
  ])("%s is said with its remedy, and the key is not", async (_, broken, state, what, remedy) => {
    const { at, more } = await broken();
    const findings = await found(languageModel, minutes(at, more));
    expect(findings).toEqual([{ state, what: expect.stringMatching(what), remedy: expect.stringMatching(remedy) }]);
    expect(JSON.stringify(findings)).not.toContain(KEY);
  });

  test("an option that a plugin does not know is named", async () => {
    expect(await found(languageModel, { minutes: { plugins: { poems: {} } } })).toContainEqual(
      expect.objectContaining({
        state: "problem",
        what: expect.stringMatching(/minutes\.plugins\.poems: there is no such plugin/),
      }),
    );
  });
});

describe("embeddings", () => {
  const minutes = (baseUrl: string, more: Values = {}) => ({
    minutes: { embeddings: { baseUrl, model: vectors.model, apiKeyFile: "key", ...more } },
  });

  test("a real server is in order", async () => {
    expect(await found(embeddings, minutes(vectors.baseUrl))).toMatchObject([
      { state: "in-order", what: `${vectors.model} answers at ${vectors.baseUrl}.` },
    ]);
  });

  test.each<[string, () => Promise<{ at: string; more?: Values }>, RegExp, RegExp]>([
    [
      "a path without the version",
      async () => ({ at: vectors.baseUrl.replace(/\/v1$/, "/v9") }),
      /gives no vectors \(status 404\)/,
      /baseUrl with its version/,
    ],
    ["a key it does not know", async () => ({ at: await serve(echo(401)) }), /status 401/, /apiKeyFile/],
    ["nobody there", async () => ({ at: await nobodyAt() }), /no connection/, /minutes\.embeddings/],
    [
      "no answer",
      async () => ({ at: await serve(hangs), more: { timeoutSeconds: 0.3 } }),
      /within 0\.3 s/,
      /timeoutSeconds/,
    ],
    [
      "something else",
      async () => ({ at: await serve(says('{"data": [{"hello": 1}]}')) }),
      /the answer holds none/,
      /minutes\.embeddings/,
    ],
  ])("%s is said with its remedy, and the key is not", async (_, broken, what, remedy) => {
    const { at, more } = await broken();
    const findings = await found(embeddings, minutes(at, more));
    expect(findings).toEqual([
      { state: "problem", what: expect.stringMatching(what), remedy: expect.stringMatching(remedy) },
    ]);
    expect(JSON.stringify(findings)).not.toContain(KEY);
  });
});

test.skipIf(!LONG)(
  "where everything accepts and nothing ever answers, the doctor comes to its end within a minute",
  async () => {
    const at = await serve(hangs);
    const port = await freePort();
    const began = Date.now();
    const reports = await examine(
      configured({
        homeserver: { url: at, serverName: "localhost", registration: "registration.yaml" },
        service: { publicUrl: at, port },
        livekit: { url: at.replace("http", "ws"), apiKey: "key", apiSecret: "0123456789abcdef0123456789abcdef" },
        minutes: {
          llm: { baseUrl: at, model: "writer", timeoutSeconds: 600 },
          embeddings: { baseUrl: at, model: "vectors", timeoutSeconds: 600 },
        },
        export: {
          targets: {
            code: { type: "github", repository: "example/garden", tokenFile: "key", apiUrl: at, timeoutSeconds: 300 },
          },
        },
      }),
      "!room:localhost",
    );
    expect(Date.now() - began).toBeLessThan(75_000);
    const troubled = reports
      .filter(({ findings }) => findings.some(({ state }) => state === "problem"))
      .map(({ title }) => title);
    expect(troubled).toEqual(
      expect.arrayContaining([
        "Homeserver",
        "Who people are (OpenID)",
        "LiveKit",
        "Language model",
        "Likeness of statements (embeddings)",
        "Task managers",
        "Room",
      ]),
    );
  },
);
