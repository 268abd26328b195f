import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import { registrationFor } from "../configuration/registration.ts";

const COMMAND = resolve(import.meta.dirname, "mindminder.ts");

test("a start on a port that is taken ends, and says what to do", { timeout: 30_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-start-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  put("registration.yaml", stringify(registrationFor({ url: `http://127.0.0.1:${port}`, id: "mindminder", bot: "mindminder" })));
  put("config.yaml", stringify({
    homeserver: { url: "http://127.0.0.1:9", serverName: "garden.org", registration: "registration.yaml" },
    service: { publicUrl: `http://127.0.0.1:${port}`, port },
    livekit: { url: "ws://127.0.0.1:9", apiKey: "key7781", apiSecret: "0123456789abcdef0123456789abcdef" },
    speech: { engine: "off" }, database: "data/mindminder.db",
  }));
  const { status, stderr } = spawnSync(process.execPath, [COMMAND, "start", "--config", join(folder, "config.yaml")], { encoding: "utf8", timeout: 20_000 });
  expect(stderr).toContain(`127.0.0.1:${port} is taken by another program. Stop it, or set service.port and the registration's url to another port.`);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(status).toBe(1);
});
