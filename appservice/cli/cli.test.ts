import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { parse } from "yaml";
import { registrationFor } from "../configuration/registration.ts";

// Each test starts the program a few times, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

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
  writeFileSync(config, 'homeserver: { url: nowhere, serverName: x.org, registration: r.yaml }\nservice: { publicUrl: "https://x.org", colour: red }\nlivekit: {}\n');
  for (const command of ["check", "start"]) {
    const { status, stderr } = run(command, "--config", config);
    expect(status).toBe(1);
    for (const key of ["homeserver.url", "service.colour", "livekit.url", "livekit.apiKey"]) expect(stderr).toContain(`${config}: ${key}:`);
    expect(stderr).not.toMatch(/at .*\.ts:\d+/);
  }
});

test("no configuration at all ends with 1 and says where it was looked for", () => {
  const { status, stderr, cwd } = mindminder("start");
  expect(status).toBe(1);
  expect(stderr).toContain(join(cwd, "config/config.yaml"));
});

test("a registration is made with tokens of its own, for its owner's eyes alone, and is not overwritten by chance", () => {
  const { run, status, cwd } = mindminder("registration", "--url", "http://127.0.0.1:29330");
  expect(status).toBe(0);
  const file = join(cwd, "registration.yaml");
  const made = parse(readFileSync(file, "utf8")) as ReturnType<typeof registrationFor>;
  expect(made).toMatchObject({ id: "mindminder", url: "http://127.0.0.1:29330", sender_localpart: "mindminder", rate_limited: false });
  expect(made.as_token).toMatch(/^[0-9a-f]{64}$/);
  expect(made.hs_token).not.toBe(made.as_token);
  expect(statSync(file).mode & 0o077).toBe(0);

  const again = run("registration", "--url", "http://127.0.0.1:29330");
  expect(again.status).toBe(1);
  expect(again.stderr).toContain("--force");
  expect(parse(readFileSync(file, "utf8"))).toEqual(made);
});
