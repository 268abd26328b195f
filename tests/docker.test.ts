import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { Config } from "../appservice/configuration/config.ts";
import { Registration } from "../appservice/configuration/registration.ts";
import { onPath } from "../tools/setup/command.ts";

const DOCKER = resolve(import.meta.dirname, "../docker");
const COMPOSE = ["compose.yaml", "compose.existing.yaml"] as const;

type Service = {
  readonly image: string;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly privileged?: boolean;
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly stop_grace_period?: string;
};
const composed = (file: string) =>
  parse(readFileSync(join(DOCKER, file), "utf8"), { merge: true }) as {
    services: Record<string, Service>;
    volumes: object;
    networks?: object;
    secrets?: Record<string, { file: string }>;
  };

/** Folder of its own with all that `prepare.sh` writes. No container engine takes part in these tests. */
function prepared(...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-docker-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(DOCKER, folder, { recursive: true, filter: (file) => !file.endsWith("/deploy") });
  const run = () => execFileSync(join(folder, "prepare.sh"), args, { encoding: "utf8", stdio: "pipe" });
  run();
  return {
    deploy: join(folder, "deploy"),
    again: run,
    file: (name: string) => readFileSync(join(folder, "deploy", name), "utf8"),
  };
}

test("what prepare.sh writes is a configuration that the service takes, with LiveKit's and the homeserver's keys in all places alike", () => {
  const { file } = prepared("example.org");
  const [config, registration] = [
    Config.parse(parse(file("config.yaml"))),
    Registration.parse(parse(file("registration.yaml"))),
  ];
  expect(config.homeserver.serverName).toBe("example.org");
  expect(config.service.publicUrl).toBe("https://mindminder.example.org");
  expect(registration.as_token).toMatch(/^[0-9a-f]{64}$/);
  expect(registration.hs_token).not.toBe(registration.as_token);
  const livekit = parse(file("livekit.yaml")) as {
    keys: Record<string, string>;
    webhook: { api_key: string; urls: string[] };
    room: { enable_remote_unmute: boolean };
    redis: unknown;
  };
  expect(livekit.keys).toEqual({ [file("livekit-key")]: file("livekit-secret") });
  expect(livekit.webhook).toEqual({
    api_key: file("livekit-key"),
    urls: [`http://mindminder:${config.service.port}/livekit/webhook`],
  });
  expect(livekit.room.enable_remote_unmute).toBe(true);
  expect(livekit.redis).toEqual({ address: "redis:6379", password: file("redis-password") });
  expect(file("redis.conf")).toContain(`requirepass ${file("redis-password")}\n`);
  expect(registration.url).toBe(`http://mindminder:${config.service.port}`);
  expect(config.service.frameAncestors).toEqual(["https://element.example.org"]);
  const synapse = parse(file("homeserver.yaml")) as { server_name: string; database: { args: { password: string } } };
  expect(synapse.server_name).toBe("example.org");
  expect(synapse.database.args.password).toBe(file("postgres-password"));
  expect(file("signing.key")).toMatch(/^ed25519 a_[0-9a-f]+ [A-Za-z0-9+/]{43}\n$/);
  expect(JSON.parse(file("element.json"))).toMatchObject({
    default_server_config: { "m.homeserver": { server_name: "example.org" } },
  });
});

test("nothing of a template is left unfilled, a second run changes nothing, and the folder is its owner's alone", () => {
  const { deploy, again } = prepared("example.org");
  const all = () =>
    readdirSync(deploy)
      .sort()
      .map((name) => [name, readFileSync(join(deploy, name), "utf8")]);
  const before = all();
  for (const [name, content] of before) expect(content, name).not.toMatch(/@[A-Z_]+@/);
  again();
  expect(all()).toEqual(before);
  expect(statSync(deploy).mode & 0o777).toBe(0o700);
});

test("beside a homeserver of one's own nothing is written for another; a domain that is none is refused", () => {
  const { deploy, file } = prepared("example.org", "https://matrix.example.org");
  expect(
    readdirSync(deploy)
      .filter((name) => !name.startsWith("."))
      .sort(),
  ).toEqual(["config.yaml", "livekit-key", "livekit-secret", "livekit.yaml", "registration.yaml"]);
  expect(parse(file("config.yaml"))).toMatchObject({ homeserver: { url: "https://matrix.example.org" } });
  expect(parse(file("livekit.yaml"))).not.toHaveProperty("redis");
  // The homeserver is no container of ours, and its Element may be anywhere.
  expect(parse(file("registration.yaml"))).toMatchObject({ url: "http://127.0.0.1:29330" });
  expect(Config.parse(parse(file("config.yaml"))).service.frameAncestors).toEqual(["https:"]);
  expect(() => prepared("Example.org; rm -rf /")).toThrow(/usage/);
});

test.each(COMPOSE)(
  "%s mounts only what prepare.sh writes, publishes no inner door, and gives nobody more than they need",
  (name) => {
    const { deploy } = prepared("example.org", ...(name === "compose.yaml" ? [] : ["https://matrix.example.org"]));
    const { services, secrets = {} } = composed(name);
    const mounted = Object.values(services)
      .flatMap(({ volumes = [] }) => volumes)
      .filter((volume) => volume.startsWith("./"));
    expect(mounted.length).toBeGreaterThan(4);
    for (const volume of [...mounted, ...Object.values(secrets).map(({ file }) => `${file}:`)]) {
      expect(readdirSync(deploy), volume).toContain(/^\.\/deploy\/([^:]+)/.exec(volume)?.[1]);
    }
    for (const volume of mounted) expect(volume).toMatch(/:ro$/);
    const open = Object.values(services)
      .flatMap(({ ports = [] }) => ports)
      .filter((port) => !port.startsWith("127.0.0.1:"));
    expect(open.map((port) => port.split(":")[0]).sort()).toEqual(
      name === "compose.yaml" ? ["3478", "443", "7881", "7882", "80"] : ["3478", "7881", "7882"],
    );
    expect(services["mindminder"]).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
    for (const [service, { image, privileged }] of Object.entries(services)) {
      expect(privileged, service).toBeUndefined();
      // A tag that moves would bring another program than the one that was tried.
      expect(image, service).toMatch(/^(postgres:\d+\.\d+|\S+:v?\d+\.\d+\.\d+)(-alpine)?$/);
    }
  },
);

test("in the stack each store is reached by its owner alone, and by nobody outside", () => {
  const { services, networks } = composed("compose.yaml");
  const inNetwork = (name: string) =>
    Object.keys(services)
      .filter((service) => services[service]?.networks?.includes(name))
      .sort();
  expect(inNetwork("postgres")).toEqual(["postgres", "synapse"]);
  expect(inNetwork("redis")).toEqual(["livekit", "redis"]);
  expect(inNetwork("outside")).toEqual(["caddy", "element", "livekit", "mindminder", "synapse"]);
  expect(networks).toMatchObject({ postgres: { internal: true }, redis: { internal: true } });
  // Without a network of its own a service would be in one with all others.
  for (const [name, { networks: own, network_mode: mode }] of Object.entries(services))
    expect(own ?? mode, name).toBeTruthy();
});

test("a further LiveKit node is the stack's own, waits for its calls, and is asked by the private network alone", () => {
  const { livekit } = composed("compose.livekit.yaml").services;
  const inStack = composed("compose.yaml").services["livekit"];
  expect(livekit).toMatchObject({ image: inStack?.image, volumes: inStack?.volumes, stop_grace_period: "6h" });
  expect(livekit).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] });
  const isPrivate = (port: string) => port.startsWith("${PRIVATE_ADDRESS:?");
  expect(livekit?.ports?.filter((port) => !isPrivate(port)).sort()).toEqual([...(inStack?.ports ?? [])].sort());
  for (const { ports } of Object.values(composed("compose.nodes.yaml").services))
    expect(ports?.every(isPrivate)).toBe(true);
  expect(parse(prepared("example.org").file("livekit.yaml"))).toMatchObject({
    node_selector: { kind: "sysload", sort_by: "rooms" },
  });
});

test("what was prepared before Redis had a password gets one, in both places", () => {
  const { deploy, again, file } = prepared("example.org");
  for (const name of ["redis.conf", "redis-password", ".redis.yaml"]) rmSync(join(deploy, name));
  writeFileSync(join(deploy, "livekit.yaml"), file("livekit.yaml").replace(/\n {2}password: .*\n/, "\n"));
  again();
  expect(parse(file("livekit.yaml"))).toMatchObject({
    port: 7880,
    redis: { address: "redis:6379", password: file("redis-password") },
    webhook: { api_key: file("livekit-key") },
  });
  expect(file("redis.conf")).toContain(file("redis-password"));
});

test("the image runs as a user of its own, on the port that the configuration names, and asks the service itself how it is", () => {
  const lines = readFileSync(join(DOCKER, "Dockerfile"), "utf8").split("\n");
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));
  expect(last).toContain("USER node");
  const { dependencies } = JSON.parse(readFileSync(resolve(DOCKER, "../package.json"), "utf8")) as {
    dependencies: { node: string };
  };
  expect(lines).toContain(`ARG NODE_IMAGE=node:${dependencies.node}-bookworm-slim`);
  const config = Config.parse(parse(prepared("example.org").file("config.yaml")));
  expect(last).toContain(`EXPOSE ${config.service.port}`);
  expect(last.find((line) => line.startsWith("HEALTHCHECK"))).toContain(
    `http://127.0.0.1:${config.service.port}/healthz`,
  );
  expect(config.database.startsWith("/data/")).toBe(true);
});

/** The unit's options, in the order in which they stand. */
const unit = readFileSync(join(DOCKER, "mindminder.service"), "utf8")
  .split("\n")
  .filter((line) => /^[A-Z]/.test(line));
const SYSTEMD_ANALYZE = onPath("systemd-analyze");

test.skipIf(!SYSTEMD_ANALYZE)("systemd has nothing to say against the unit", () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-unit-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "mindminder.service");
  // As on the admin's machine, where the project lies in /opt.
  writeFileSync(
    file,
    readFileSync(join(DOCKER, "mindminder.service"), "utf8")
      .replaceAll("/opt/mindminder/node_modules/node/bin/node", process.execPath)
      .replaceAll("WorkingDirectory=/opt/mindminder", `WorkingDirectory=${folder}`),
  );
  const { status, stdout, stderr } = spawnSync(SYSTEMD_ANALYZE ?? "", ["verify", "--man=no", file], {
    encoding: "utf8",
  });
  const said = `${stdout}${stderr}`.split("\n").filter((line) => line.includes("mindminder.service"));
  expect({ status, said }).toEqual({ status: 0, said: [] });
});

test("the unit hands over every file that the sample names, beside the configuration, and is tried again for ever", () => {
  const sample = parse(readFileSync(resolve(DOCKER, "../config/config.sample.yaml"), "utf8")) as {
    homeserver: { registration: string };
    livekit: { apiKeyFile: string; apiSecretFile: string };
  };
  const files = [
    "config.yaml",
    sample.homeserver.registration,
    sample.livekit.apiKeyFile,
    sample.livekit.apiSecretFile,
  ];
  for (const file of files) expect(unit).toContain(`LoadCredential=${file}:/etc/mindminder/${file}`);
  expect(unit.find((line) => line.startsWith("ExecStart="))).toMatch(
    /start --config \$\{CREDENTIALS_DIRECTORY\}\/config\.yaml$/,
  );
  for (const line of ["StartLimitIntervalSec=0", "Restart=always", "RestartSec=2"]) expect(unit).toContain(line);
});
