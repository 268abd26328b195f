import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { examine } from "../../appservice/doctor/doctor.ts";
import { serve } from "../support/stack/answering-server.ts";
import { type LiveKit, startLiveKit } from "../support/stack/livekit.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { freePort } from "../support/stack/ports.ts";

const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");

const KEY = "roof-garden-7781";

type Values = Record<string, Record<string, unknown>>;

let dir: string;
let mindminder: Mindminder;
let strict: LiveKit;
let turning: LiveKit;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "mindminder-doctor-"));
  [mindminder, strict, turning] = await Promise.all([
    startMindminder({ dir: join(dir, "whole"), config: { speech: { engine: "off" } } }),
    startLiveKit({ dir: join(dir, "strict"), changes: { room: { enable_remote_unmute: false } } }),
    freePort().then((port) =>
      startLiveKit({
        dir: join(dir, "turning"),
        changes: {
          // One of its own that answers, and two elsewhere that nobody runs.
          turn: { enabled: true, domain: "localhost", udp_port: port, bind_addresses: ["127.0.0.1"] },
          rtc: {
            turn_servers: [
              { host: "localhost", port: 9, protocol: "tls", username: "a", credential: KEY },
              ...(LONG ? [{ host: "127.0.0.1", port: 9, protocol: "udp", username: "a", credential: KEY }] : []),
            ],
          },
        },
      }),
    ),
  ]);
});
afterAll(async () => {
  await Promise.all([mindminder?.stop(), strict?.stop(), turning?.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

test("a service that runs is found in order, and its room, too", async () => {
  const ann = await MatrixPerson.register(mindminder.synapse, "ann");
  onTestFinished(() => ann.close());
  const room = await roomWithBot(mindminder, ann);
  const { status, stdout } = spawnSync(
    process.execPath,
    [PROGRAM, "doctor", "--json", "--config", join(mindminder.dir, "config.yaml"), "--room", room],
    { encoding: "utf8" },
  );
  const { healthy, reports } = JSON.parse(stdout) as {
    healthy: boolean;
    reports: { title: string; findings: { state: string; what: string }[] }[];
  };
  expect({ status, healthy }).toEqual({ status: 0, healthy: true });
  const said = reports
    .flatMap(({ findings }) => findings)
    .filter(({ state }) => state === "in-order")
    .map(({ what }) => what)
    .join("\n");
  for (const each of [
    "The service runs at",
    "The homeserver reaches this service",
    "comes into a call",
    "webhooks arrive",
    "The widget stands at",
    "The room is not encrypted",
    "may keep the circle's state",
  ]) {
    expect(said).toContain(each);
  }
  expect(stdout).not.toContain(mindminder.livekit.apiSecret);
});

test("a service that is to be started is looked at from its own port, and no event is lost by that", async () => {
  await mindminder.stopService();
  onTestFinished(() => mindminder.startService());
  const said = await examined(() => {});
  expect(said.problems).toEqual([]);
  expect(said.all).toContain("is free for it");
  expect(said.all).toContain("LiveKit's webhooks arrive");
});

/** Mistakes of an admin: the change, and the doctor's words on it, with the remedy. */
const WRONG: Record<
  string,
  {
    change: (values: Values, registration: Record<string, unknown>) => void | Promise<void>;
    says: RegExp;
    remedy: RegExp;
  }
> = {
  "a homeserver at another address": {
    change: async ({ homeserver }) => void (homeserver!["url"] = `http://127.0.0.1:${await freePort()}`),
    says: /homeserver does not answer at .*ECONNREFUSED/,
    remedy: /homeserver\.url/,
  },
  "a registration that the homeserver was not given": {
    change: (_, registration) => void (registration["as_token"] = "another"),
    says: /does not know the registration's as_token/,
    remedy: /app_service_config_files/,
  },
  "another server's name": {
    change: ({ homeserver }) => void (homeserver!["serverName"] = "example.org"),
    says: /takes the bot for @mindminder:localhost, not @mindminder:example\.org/,
    remedy: /homeserver\.serverName/,
  },
  "a service on another port than the registration says": {
    change: async ({ service }) => {
      const port = await freePort();
      Object.assign(service!, { port, publicUrl: `http://127.0.0.1:${port}` });
      await mindminder.stopService();
      onTestFinished(() => mindminder.startService());
    },
    says: /homeserver cannot reach/,
    remedy: /url in the registration/,
  },
  "an hs_token of another registration": {
    change: async (_, registration) => {
      registration["hs_token"] = "another";
      await mindminder.stopService();
      onTestFinished(() => mindminder.startService());
    },
    says: /hs_token is another/,
    remedy: /very registration file/,
  },
  "a listener that does not say who people are": {
    change: ({ homeserver }) => void (homeserver!["openid"] = { "other.example": mindminder.livekit.httpUrl }),
    says: /other\.example does not say who its people are at/,
    remedy: /openid/,
  },
  "a secret that is not LiveKit's": {
    change: ({ livekit }) => void (livekit!["apiSecret"] = "0123456789abcdef0123456789abcdef"),
    says: /LiveKit refuses our key/,
    remedy: /apiSecret/,
  },
  "a LiveKit that does not run": {
    change: async ({ livekit }) => void (livekit!["internalUrl"] = `http://127.0.0.1:${await freePort()}`),
    says: /LiveKit does not answer/,
    remedy: /livekit\.internalUrl/,
  },
  "an address for clients that leads nowhere": {
    change: async ({ livekit }) => void (livekit!["url"] = `ws://127.0.0.1:${await freePort()}`),
    says: /No websocket to LiveKit/,
    remedy: /livekit\.url/,
  },
  "a LiveKit that opens no microphones": {
    change: ({ livekit }) => void Object.assign(livekit!, at(strict)),
    says: /does not let the facilitator open/,
    remedy: /enable_remote_unmute: true/,
  },
  "something else at the widget's address": {
    change: ({ service }) => void (service!["publicUrl"] = mindminder.synapse.url),
    says: /is not the widget/,
    remedy: /Let the proxy pass/,
  },
  "a proxy that forbids frames": {
    change: async ({ service }) => {
      service!["publicUrl"] = await serve((_, response) => {
        void fetch(`${mindminder.url}/widget/`).then(async (answer) => {
          response
            .writeHead(200, {
              "content-security-policy": answer.headers.get("content-security-policy") ?? "",
              "x-frame-options": "DENY",
            })
            .end(await answer.text());
        });
      });
    },
    says: /X-Frame-Options: DENY/,
    remedy: /not add that header/,
  },
  "plain http for everybody": {
    change: ({ service }) => void (service!["publicUrl"] = "http://mindminder.invalid"),
    says: /not reached over https/,
    remedy: /TLS/,
  },
  "a clock far from ours": {
    change: async ({ homeserver }) => {
      homeserver!["url"] = await serve(
        (_, response) => void response.setHeader("date", new Date(Date.now() - 600_000).toUTCString()).end("{}"),
      );
    },
    says: /clock of the homeserver is (59|60)\d s from ours/,
    remedy: /NTP/,
  },
  "a database of a newer version": {
    change: (values) => {
      const file = join(dir, "newer.db");
      const db = new Database(file);
      db.pragma("user_version = 9999");
      db.close();
      Object.assign(values, { database: file });
    },
    says: /newer Mindminder/,
    remedy: /backup/,
  },
  "a database that is none": {
    change: (values) => {
      const file = join(dir, "text.db");
      writeFileSync(file, "not a database at all, but long enough to be looked at".repeat(100));
      Object.assign(values, { database: file });
    },
    says: /cannot be read as a database/,
    remedy: /backup/,
  },
  "a language model that asks for a key": {
    change: async (values) => {
      const baseUrl = await serve(
        (_, response) =>
          void response.writeHead(401, { "content-type": "application/json" }).end('{"error":{"message":"no key"}}'),
      );
      values["minutes"] = { llm: { baseUrl, model: "writer" } };
    },
    says: /language model cannot be used: .*status 401/,
    remedy: /apiKeyFile/,
  },
  "a key that is not known": {
    change: ({ service }) => void (service!["colour"] = "red"),
    says: /service\.colour: this key is not known/,
    remedy: /spelling/,
  },
};

/** The doctor waits for an answer, which takes its time. */
const SLOW = ["a service on another port than the registration says", "an hs_token of another registration"];

test.each(Object.entries(WRONG).filter(([name]) => LONG || !SLOW.includes(name)))(
  "said with its remedy: %s",
  async (_, { change, says, remedy }) => {
    const { problems } = await examined(change);
    expect(problems).toContainEqual({ what: expect.stringMatching(says), remedy: expect.stringMatching(remedy) });
  },
);

test("TURN is tried where LiveKit names it, and missed where it names none", async () => {
  expect((await examined(() => {})).all).toContain("LiveKit names no TURN server");
  const { all, warnings } = await examined(({ livekit }) => void Object.assign(livekit!, at(turning)));
  expect(all).toMatch(/TURN answers at turn:127\.0\.0\.1:\d+\?transport=udp/);
  expect(warnings).toContainEqual({
    what: expect.stringMatching(/TURN does not answer at turns:localhost:9.*ECONNREFUSED/),
    remedy: expect.stringMatching(/turn\.domain/),
  });
  if (LONG)
    expect(warnings).toContainEqual({
      what: expect.stringMatching(/TURN does not answer at turn:127\.0\.0\.1:9\S* \(no answer in time\)/),
      remedy: expect.stringMatching(/port/),
    });
  expect(all).not.toContain(KEY);
});

// LiveKit listens for sound by TCP on every address of the machine.
test.skipIf(!LONG)("voices that come through by TCP alone are told", async () => {
  const slow = await startLiveKit({
    dir: join(dir, "tcp"),
    changes: { rtc: { tcp_port: await freePort(), force_tcp: true } },
  });
  onTestFinished(() => slow.stop());
  const { warnings } = await examined(({ livekit }) => void Object.assign(livekit!, at(slow)));
  expect(warnings).toContainEqual({
    what: expect.stringMatching(/by TCP alone/),
    remedy: expect.stringMatching(/rtc\.udp_port/),
  });
});

test("a port that another program holds is named", async () => {
  const port = Number(new URL(await serve((_, response) => void response.writeHead(404).end())).port);
  const { problems } = await examined(({ service }) => void (service!["port"] = port));
  expect(problems).toEqual([
    {
      what: expect.stringMatching(new RegExp(`Nothing can listen at 127\\.0\\.0\\.1:${port} .*EADDRINUSE`)),
      remedy: expect.stringContaining("service.port"),
    },
  ]);
});

test("what is wrong ends the command with 1, below a sign that is easy to find", () => {
  const { values, registration } = whole();
  values["service"]!["colour"] = "red";
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, "doctor", "--config", keep(values, registration)], {
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/✗ .*service\.colour: this key is not known\.\n {6}Remove it/);
});

const at = ({ url, httpUrl, apiKey, apiSecret }: LiveKit) => ({ url, internalUrl: httpUrl, apiKey, apiSecret });

async function examined(change: (typeof WRONG)[string]["change"]) {
  const { values, registration } = whole();
  await change(values, registration);
  const reports = await examine(keep(values, registration), null);
  const findings = reports.flatMap((report) => report.findings);
  const those = (wanted: string) =>
    findings.filter(({ state }) => state === wanted).map(({ what, remedy }) => ({ what, remedy }));
  return { all: findings.map(({ what }) => what).join("\n"), problems: those("problem"), warnings: those("warning") };
}

function whole() {
  const read = (name: string) => parse(readFileSync(join(mindminder.dir, name), "utf8")) as unknown;
  return { values: read("config.yaml") as Values, registration: read("registration.yaml") as Record<string, unknown> };
}

function keep(values: Values, registration: Record<string, unknown>): string {
  const folder = mkdtempSync(join(dir, "patient-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "registration.yaml"), stringify(registration));
  values["homeserver"]!["registration"] = "registration.yaml";
  writeFileSync(join(folder, "config.yaml"), stringify(values));
  return join(folder, "config.yaml");
}
