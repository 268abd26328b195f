import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import { freePort } from "../../tests/support/stack/ports.ts";
import { registrationFor } from "../configuration/registration.ts";

const COMMAND = resolve(import.meta.dirname, "mindminder.ts");

async function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

function configured(port: number, database = "data/mindminder.db"): string {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-start-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  put(
    "registration.yaml",
    stringify(registrationFor({ url: `http://127.0.0.1:${port}`, id: "mindminder", bot: "mindminder" })),
  );
  put(
    "config.yaml",
    stringify({
      homeserver: { url: "http://127.0.0.1:9", serverName: "garden.org", registration: "registration.yaml" },
      service: { publicUrl: `http://127.0.0.1:${port}`, port },
      livekit: { url: "ws://127.0.0.1:9", apiKey: "key7781", apiSecret: "0123456789abcdef0123456789abcdef" },
      speech: { engine: "off" },
      database,
    }),
  );
  return join(folder, "config.yaml");
}

test("a start on a port that is taken ends, and says what to do", async () => {
  const other = createServer();
  onTestFinished(() => void other.close());
  const port = await portOf(other);
  const { status, stderr } = spawnSync(process.execPath, [COMMAND, "start", "--config", configured(port)], {
    encoding: "utf8",
    timeout: 120_000,
  });
  expect(stderr).toContain(
    `127.0.0.1:${port} is taken by another program. Stop it, or set service.port and the registration's url to another port.`,
  );
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(status).toBe(1);
});

test("a start whose database cannot be where it is named ends, and says so in words", () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [COMMAND, "start", "--config", configured(9, "registration.yaml/mindminder.db")],
    { encoding: "utf8", timeout: 120_000 },
  );
  expect(stderr).toMatch(
    /registration\.yaml: cannot be used \((?:ENOTDIR|EEXIST), mkdir\)\. Check the path, whose it is and what it is\./,
  );
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(status).toBe(1);
});

/** Runs a program as somebody in a terminal does. */
const IN_A_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

test.each([
  { where: "in a terminal", by: ["python3", "-c", IN_A_TERMINAL, process.execPath], told: true },
  { where: "as a service", by: [process.execPath], told: false },
])(
  "a start by hand says where it listens and what comes next, beside the log for machines: $where",
  async ({ by: [program = "", ...before], told }) => {
    const port = await freePort();
    const service = spawn(program, [...before, COMMAND, "start", "--config", configured(port)], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [service.stdout, service.stderr])
      stream.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    const last = told ? "Ctrl-C ends it" : "trying again";
    await expect.poll(() => said).toContain(last);
    const ended = new Promise((done) => service.once("exit", done));
    if (told) service.stdin.write("\x03");
    else service.kill();
    await ended;
    expect(said).toContain('"msg":"Mindminder is up"');
    expect(
      /listens at 127\.0\.0\.1:\d+; people reach it at http[^]*invite @mindminder:garden\.org into a room/.test(said),
    ).toBe(told);
  },
);
