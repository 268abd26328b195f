import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { council } from "../../tests/support/circle/play.ts";
import { registrationFor } from "../configuration/registration.ts";
import { Accesses } from "../store/accesses.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "../journal/journal.ts";
import { Meetings } from "../journal/meetings.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";

// Each test starts the program a few times, on a machine that may be busy.
const PROGRAM = join(import.meta.dirname, "mindminder.mjs");

function mindminder(...args: string[]) {
  const cwd = mkdtempSync(join(tmpdir(), "mindminder-"));
  const run = (...more: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...more], { cwd, encoding: "utf8" });
    return { status, stdout, stderr, cwd };
  };
  return { run, ...run(...args) };
}

test("a broken configuration ends with 1, and names every problem with its file, key and remedy", () => {
  const { run, cwd } = mindminder("check");
  const config = join(cwd, "config.yaml");
  writeFileSync(
    config,
    'homeserver: { url: nowhere, serverName: x.org, registration: r.yaml }\nservice: { publicUrl: "https://x.org", colour: red }\nlivekit: {}\n',
  );
  for (const command of ["check", "start"]) {
    const { status, stderr } = run(command, "--config", config);
    expect(status).toBe(1);
    for (const key of ["homeserver.url", "service.colour", "livekit.url", "livekit.apiKey"])
      expect(stderr).toContain(`${config}: ${key}:`);
    expect(stderr).not.toMatch(/at .*\.ts:\d+/);
  }
});

test("a database that is none ends with 1 and a remedy, without a trace of the inside", () => {
  const { run, cwd } = mindminder("check");
  writeFileSync(
    join(cwd, "registration.yaml"),
    stringify(registrationFor({ url: "http://127.0.0.1:1", id: "m", bot: "mindminder" })),
  );
  writeFileSync(
    join(cwd, "config.yaml"),
    'homeserver: { url: "http://127.0.0.1:1", serverName: x.org, registration: registration.yaml }\nservice: { publicUrl: "https://x.org" }\nlivekit: { url: "ws://127.0.0.1:1", apiKey: k, apiSecret: "0123456789abcdef0123456789abcdef" }\nspeech: { engine: "off" }\ndatabase: m.db\n',
  );
  writeFileSync(join(cwd, "m.db"), "this is no database, and long enough for that to be seen".repeat(50));
  const { status, stdout, stderr } = run("start", "--config", join(cwd, "config.yaml"));
  expect(status).toBe(1);
  // The log begins with what can hardly be meant so.
  expect(JSON.parse(stdout.split("\n")[0] ?? "")).toMatchObject({
    level: 40,
    key: "service.port",
    msg: expect.stringContaining("leads the homeserver to http://127.0.0.1:1"),
  });
  expect(stderr).toMatch(/m\.db: cannot be opened as a database .*restore a backup/);
  expect(stderr).not.toMatch(/at .*\.ts:\d+/);
});

test("no configuration at all ends with 1 and says where it was looked for", () => {
  const { status, stderr, cwd } = mindminder("start");
  expect(status).toBe(1);
  expect(stderr).toContain(join(cwd, "config/config.yaml"));
});

test("a registration is made with tokens of its own, for its owner's eyes alone, and is not overwritten by chance", () => {
  const { run, status, stdout, cwd } = mindminder("registration", "--url", "http://127.0.0.1:29330");
  expect(status).toBe(0);
  const file = join(cwd, "config/registration.yaml");
  expect(stdout).toContain(`homeserver:\n  registration: ${file}`);
  const made = parse(readFileSync(file, "utf8")) as ReturnType<typeof registrationFor>;
  expect(made).toMatchObject({
    id: "mindminder",
    url: "http://127.0.0.1:29330",
    sender_localpart: "mindminder_service",
    "org.mindminder.bot": "mindminder",
    rate_limited: false,
  });
  expect(made.as_token).toMatch(/^[0-9a-f]{64}$/);
  expect(made.hs_token).not.toBe(made.as_token);
  expect(statSync(file).mode & 0o077).toBe(0);

  const again = run("registration", "--url", "http://127.0.0.1:29330");
  expect(again.status).toBe(1);
  expect(again.stderr).toContain("--force");
  expect(parse(readFileSync(file, "utf8"))).toEqual(made);
});

test("a meeting is exported by its id, and what is asked wrongly is said with its remedy", () => {
  const { run, cwd } = mindminder("check");
  const file = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  file("registration.yaml", stringify(registrationFor({ url: "http://127.0.0.1:1", id: "m", bot: "mindminder" })));
  file(
    "config.yaml",
    'homeserver: { url: "http://127.0.0.1:1", serverName: x.org, registration: registration.yaml }\nservice: { publicUrl: "https://x.org" }\nlivekit: { url: "ws://127.0.0.1:1", apiKey: k, apiSecret: "0123456789abcdef0123456789abcdef" }\nspeech: { engine: "off" }\ndatabase: m.db\n',
  );
  const config = ["--config", join(cwd, "config.yaml")];
  expect(run("export", ...config)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("there is no such database"),
  });

  const meetings = new Meetings({
    journal: new Journal(openDatabase(join(cwd, "m.db"))),
    now: Date.now,
    languageOf: () => "en",
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  const ann = {
    actor: madeActor(personId("@ann:x.org"), { door: "chat" }),
    at: Date.now(),
    expectedVersion: null,
  } as const;
  meetings.send(roomId("!room:x.org"), { type: "join", name: "Анна", ...ann });
  meetings.send(roomId("!room:x.org"), { type: "start", plan: council(), topic: "чай", seed: 1, ...ann });
  meetings.stop();
  const id = meetings.of(roomId("!room:x.org"))?.meeting.id ?? "";

  expect(run("export", ...config).stdout).toMatch(new RegExp(`^${id}\\t.*Council: чай\\tАнна\\n$`));
  // A meeting that is damaged keeps nobody from the others.
  const damaged = openDatabase(join(cwd, "m.db"));
  damaged
    .prepare("INSERT INTO meetings (id, room, started) VALUES ('mdamaged0001', '!other:x.org', ?)")
    .run(Date.now());
  damaged.close();
  expect(run("export", ...config)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(id),
    stderr: expect.stringMatching(/^mdamaged0001: cannot be read \([^\n]*\), and is left out\.\n$/),
  });
  expect(run("export", id, ...config).stdout).toMatch(/^# Council: чай\n[\s\S]*Анна/);
  expect(run("export", id, "--format", "html", "--out", "record.html", ...config).status).toBe(0);
  expect(readFileSync(join(cwd, "record.html"), "utf8")).toContain('<html lang="en">');
  expect(run("export", "--room", "!room:x.org", "--format", "graph-json", ...config).status).toBe(0);
  const noted = openDatabase(join(cwd, "m.db"));
  expect(new Accesses(noted).of(roomId("!room:x.org")), "each is noted for those whose words it has").toEqual([
    expect.objectContaining({ meeting: id, who: null, what: "export", times: 3 }),
  ]);
  noted.close();
  expect(run("export", id, "--format", "doc", ...config)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("markdown, html, json, webvtt, subrip"),
  });
  expect(run("export", "mnone", ...config)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("there was no such meeting"),
  });
});
