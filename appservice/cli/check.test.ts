import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { check } from "./check.ts";
import { examineConfig } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { registrationFor } from "../configuration/registration.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
type Values = Record<string, Record<string, unknown>>;

/** A configuration in order, in a folder of its own, with its files; `change` spoils it. */
function checked(
  change: (
    values: Values,
    put: (name: string, text: string) => void,
    registration: ReturnType<typeof registrationFor>,
  ) => void,
) {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-check-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  put("livekit-key", "key7781\n");
  put("livekit-secret", `${SECRET}\n`);
  const registration = registrationFor({ url: "http://127.0.0.1:29330", id: "mindminder", bot: "mindminder" });
  const values: Values = {
    homeserver: { url: "http://127.0.0.1:8008", serverName: "garden.org", registration: "registration.yaml" },
    service: { publicUrl: "https://circle.garden.org" },
    livekit: { url: "wss://livekit.garden.org", apiKeyFile: "livekit-key", apiSecretFile: "livekit-secret" },
    speech: { engine: "off" },
  };
  put("registration.yaml", stringify(registration));
  change(values, put, registration);
  put("config.yaml", stringify(values));
  try {
    check(join(folder, "config.yaml"));
    return [];
  } catch (error) {
    if (!(error instanceof BadFiles)) throw error;
    for (const each of error.problems)
      expect(each).toMatchObject({ problem: expect.stringMatching(/\S/), remedy: expect.stringMatching(/\S/) });
    return error.problems.map(({ key, problem }) => `${key}: ${problem.replaceAll(`${folder}/`, "")}`);
  }
}
const without = (name: string) => (_: Values, put: (name: string, text: string) => void) => void put(name, "");

test("what is in order is said to be", () => {
  expect(checked(() => {})).toEqual([]);
});

test("the sample as it comes: all that is still to be done, in one go", () => {
  const sample = parse(readFileSync(resolve(import.meta.dirname, "../../config/config.sample.yaml"), "utf8")) as Values;
  const all = checked((values) => {
    Object.assign(values, sample, {
      livekit: { ...sample["livekit"], apiSecretFile: "not-made", apiKeyFile: "nor-this" },
      homeserver: { ...sample["homeserver"], registration: "nowhere.yaml" },
    });
    delete values["speech"];
  }).join("\n");
  for (const each of [
    "homeserver.registration: there is no file nowhere.yaml",
    "livekit.apiKeyFile: there is no file nor-this",
    "livekit.apiSecretFile: there is no file not-made",
    "speech.voiceActivityModel: there is no file",
    "speech.sherpa.modelFolder: there is no file",
    "homeserver.serverName: example.org still stands there",
    "service.publicUrl: mindminder.example.org",
    "livekit.url: livekit.example.org",
  ]) {
    expect(all).toContain(each);
  }
});

test("a key that is wrong hides none of the files and addresses that are", () => {
  const all = checked((values, put) => {
    Object.assign(values["service"] ?? {}, { prot: 1, publicUrl: "http://circle.garden.org" });
    Object.assign(values["homeserver"] ?? {}, { registration: "nowhere.yaml", colour: "red" });
    values["minutes"] = {
      llm: { baseUrl: "http://127.0.0.1:1/v1", model: "m", apiKeyFile: "llm-key", caFile: "ca.pem" },
      embeddings: { baseUrl: "http://127.0.0.1:1/v1", model: "m", apiKeyFile: "embeddings-key" },
    };
    values["scenarios"] = "no-scenarios" as never;
    put("livekit-secret", "short");
  });
  expect(all).toEqual(
    expect.arrayContaining([
      "service.prot: this key is not known.",
      "homeserver.colour: this key is not known.",
      "homeserver.registration: there is no file nowhere.yaml.",
      "livekit.apiSecretFile: livekit-secret holds a secret of 5 characters; 32 or more are asked for.",
      "minutes.llm.apiKeyFile: there is no file llm-key.",
      "minutes.llm.caFile: there is no file ca.pem.",
      "minutes.embeddings.apiKeyFile: there is no file embeddings-key.",
      "service.publicUrl: browsers give a page no microphone that does not come by https.",
      ": this folder of scenarios cannot be read.",
    ]),
  );
});

test.each<[string, Parameters<typeof checked>[0], RegExp]>([
  ["an empty key", without("livekit-key"), /livekit\.apiKeyFile: livekit-key is empty/],
  [
    "a key with its secret behind it",
    (_, put) => put("livekit-key", `key7781: ${SECRET}`),
    /livekit\.apiKeyFile: livekit-key holds more than the secret/,
  ],
  [
    "a folder where a key should be",
    (values) => void (values["livekit"]!["apiKeyFile"] = "."),
    /livekit\.apiKeyFile: \S* is a folder, not a file/,
  ],
  [
    "a folder where the registration should be",
    (values) => void (values["homeserver"]!["registration"] = "."),
    /homeserver\.registration: \S* is a folder/,
  ],
  [
    "a folder where the database should be",
    (values) => void (values["database"] = "." as never),
    /^database: \S* is a folder/,
  ],
  ["an empty registration", without("registration.yaml"), /: there is nothing in it/],
  [
    "a registration that leads to another port",
    (_, put, made) => put("registration.yaml", stringify({ ...made, url: "http://localhost:29331" })),
    /service\.port: the service listens on 29330, and the registration's url leads .*29331/,
  ],
  [
    "a registration that leads nowhere",
    (_, put, made) => put("registration.yaml", stringify({ ...made, url: null })),
    /homeserver\.registration: the registration names no url/,
  ],
  [
    "one token for both ways",
    (_, put, made) => put("registration.yaml", stringify({ ...made, hs_token: made.as_token })),
    /homeserver\.registration: as_token and hs_token are the same/,
  ],
  [
    "LiveKit without TLS for a page with it",
    (values) => void (values["livekit"]!["url"] = "ws://livekit.garden.org"),
    /livekit\.url: browsers let no page/,
  ],
  [
    "an address for a name",
    (values) => void (values["homeserver"]!["serverName"] = "https://garden.org"),
    /homeserver\.serverName: “https:\/\/garden\.org” is no server's name/,
  ],
  [
    "a path behind the homeserver",
    (values) => void (values["homeserver"]!["url"] = "http://127.0.0.1:8008/_matrix/client"),
    /homeserver\.url: there is a path/,
  ],
  [
    "the key of a task manager",
    (values) => void (values["export"] = { targets: { todo: { type: "todoist", tokenFile: "todoist-token" } } }),
    /export\.targets\.todo\.tokenFile: there is no file todoist-token/,
  ],
])("named: %s", (_, change, says) => {
  const all = checked(change);
  expect(all.join("\n")).toMatch(says);
  expect(all).toHaveLength(1);
});

test("an address of this machine may do without https, and the registration's port may be a proxy's elsewhere", () => {
  expect(
    checked((values, put, made) => {
      values["service"]!["publicUrl"] = "http://localhost:29330";
      values["livekit"]!["url"] = "ws://127.0.0.1:7880";
      put("registration.yaml", stringify({ ...made, url: "https://circle.garden.org" }));
    }),
  ).toEqual([]);
});

/** Root reads everything: the test plays somebody else for a moment. */
test.skipIf(process.geteuid?.() !== 0)("what is there and closed to this user is told from what is not there", () => {
  const home = mkdtempSync(join(tmpdir(), "mindminder-home-"));
  onTestFinished(() => {
    process.seteuid?.(0);
    rmSync(home, { recursive: true, force: true });
  });
  writeFileSync(join(home, "secret"), SECRET);
  const folder = mkdtempSync(join(tmpdir(), "mindminder-theirs-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, "config.yaml"),
    stringify({
      livekit: { url: "wss://livekit.garden.org", apiKey: "k", apiSecretFile: join(home, "secret") },
      speech: { engine: "off" },
    }),
  );
  chmodSync(folder, 0o755);
  process.seteuid?.(65_534);
  const { problems } = examineConfig(join(folder, "config.yaml"));
  process.seteuid?.(0);
  expect(problems).toContainEqual({
    file: join(folder, "config.yaml"),
    key: "livekit.apiSecretFile",
    problem: `${join(home, "secret")} cannot be read by this user (uid 65534).`,
    remedy: expect.stringMatching(/\/root/),
  });
});
