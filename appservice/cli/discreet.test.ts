import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import { freePort } from "../../tests/support/stack/ports.ts";
import { registrationFor } from "../configuration/registration.ts";

const COMMAND = resolve(import.meta.dirname, "mindminder.ts");
const OURS = {
  apiSecret: "livekit-7781-secret-of-ours-abcdef",
  llm: "language-model-key-of-ours-5523",
  github: "task-manager-token-of-ours-9917",
};

/** Forms in which a server may repeat a secret that it was sent, or one that it knows. */
const forms = (secret: string) => {
  const half = Math.ceil(secret.length / 2);
  const base64 = [secret, `x${secret}`, `xy${secret}`].map((text) => Buffer.from(text).toString("base64"));
  return [
    secret,
    secret.slice(0, half),
    secret.slice(-half),
    encodeURIComponent(secret),
    ...base64,
    Buffer.from(secret).toString("base64url"),
    Buffer.from(secret).toString("hex"),
  ];
};

/** Refuses everybody, and repeats what they sent in every form. */
async function repeatingServer(status: number, known: readonly string[]) {
  const seen = new Set(known);
  const server = createServer((request: IncomingMessage, response) => {
    const { authorization = "", ...headers } = request.headers;
    const token = /(eyJ[\w.-]+)/.exec(`${authorization} ${request.url}`)?.[1] ?? authorization.split(" ")[1];
    if (token) seen.add(token);
    const all = [...seen].flatMap(forms).join(" ; ");
    const said = `no: ${authorization} ${request.url} ${String(headers["private-token"] ?? "")} ${all}`;
    response.writeHead(status, {
      "content-type": "application/json",
      "x-said": encodeURIComponent(said.slice(0, 2_000)),
    });
    response.end(
      JSON.stringify({
        errcode: "M_UNKNOWN_TOKEN",
        code: "unauthenticated",
        msg: said,
        error: status % 2 ? said : { message: said },
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => (server.closeAllConnections(), void server.close()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function configured(status: number) {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-discreet-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const port = await freePort();
  const registration = registrationFor({ url: `http://127.0.0.1:${port}`, id: "mindminder", bot: "mindminder" });
  const { url, seen } = await repeatingServer(status, [
    ...Object.values(OURS),
    registration.as_token,
    registration.hs_token,
  ]);
  put("registration.yaml", stringify(registration));
  put("llm-key", OURS.llm);
  put("github-token", `${OURS.github}\n`);
  put(
    "config.yaml",
    stringify({
      homeserver: { url, serverName: "garden.org", registration: "registration.yaml" },
      service: { publicUrl: `http://127.0.0.1:${port}`, port },
      livekit: { url: url.replace("http", "ws"), apiKey: "key7781", apiSecret: OURS.apiSecret },
      speech: { engine: "off" },
      database: "data/mindminder.db",
      log: "debug",
      minutes: {
        llm: { baseUrl: `${url}/v1`, model: "m", apiKeyFile: "llm-key" },
        embeddings: { baseUrl: `${url}/v1`, model: "m", apiKeyFile: "llm-key" },
      },
      export: {
        targets: { code: { type: "github", repository: "example/garden", tokenFile: "github-token", apiUrl: url } },
      },
    }),
  );
  return { config: join(folder, "config.yaml"), seen };
}

/** Expects nothing of a secret, in any form that tells it or half of it. */
function expectNone(said: string, seen: ReadonlySet<string>): void {
  expect(said).toMatch(/\S/);
  expect(seen.size).toBeGreaterThan(4);
  for (const secret of seen)
    for (const form of forms(secret)) expect({ form, at: said.indexOf(form) }).toEqual({ form, at: -1 });
  expect(said).not.toMatch(/eyJ[\w-]{8}/);
}

test("a service that runs, and its doctor, say no secret, whatever the servers they ask answer", async () => {
  const { config, seen } = await configured(401);
  const service = spawn(process.execPath, [COMMAND, "start", "--config", config]);
  let said = "";
  for (const stream of [service.stdout, service.stderr])
    stream.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  await expect.poll(() => said).toContain("Mindminder is up");
  said += await new Promise<string>((done) =>
    execFile(process.execPath, [COMMAND, "doctor", "--config", config], { timeout: 120_000 }, (_, stdout, stderr) =>
      done(stdout + stderr),
    ),
  );
  expect(said).toMatch(/LiveKit refuses our key/);
  service.kill();
  await new Promise((done) => service.once("exit", done));
  expectNone(said, seen);
});

test.each([
  ["throws", "throw new Error(`refused: ${jwt} and ${ours}`);"],
  ["throws outside of everything", "setTimeout(() => { throw new Error('refused', { cause: `${jwt} ${ours}` }); });"],
  ["rejects, and nobody looks", "void Promise.reject(Object.assign(new Error(`${ours}`), { answer: jwt }));"],
  [
    "prints in a library",
    "console.error({ authorization: jwt }, ours); process.stderr.write(Buffer.from(ours)); process.exit(1);",
  ],
])("what nobody caught is told without its secrets: a command %s", async (_, what) => {
  const script = `const { beDiscreet, keepSecret } = await import(${JSON.stringify(resolve(import.meta.dirname, "discreet.ts"))});
    const [ours, jwt] = ["secret-of-ours-4410", "eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6Zm9vYmFy.c2lnbmVkc2lnbmVkc2lnbmVkc2lnbmVkc2lnbmVkc2lnbmVk"];
    beDiscreet();
    keepSecret([ours]);
    ${what}`;
  const { code, said } = await new Promise<{ code: unknown; said: string }>((done) =>
    execFile(process.execPath, ["--input-type=module", "-e", script], (error, stdout, stderr) =>
      done({ code: error?.code, said: stdout + stderr }),
    ),
  );
  expect(code).toBe(1);
  expect(said).toMatch(/\S/);
  expect(said).not.toMatch(/secret-of-ours|eyJ|c2lnbmVk/);
});

test("what LiveKit's library drops twice, where nobody can catch it, ends nothing", async () => {
  const script = `const { beDiscreet } = await import(${JSON.stringify(resolve(import.meta.dirname, "discreet.ts"))});
    beDiscreet();
    const { FfiHandle } = await import("@livekit/rtc-ffi-bindings");
    setTimeout(() => new FfiHandle(987654321n).dispose());
    setTimeout(() => { console.log("still here"); process.exit(0); }, 50);`;
  const { code, said } = await new Promise<{ code: unknown; said: string }>((done) =>
    execFile(process.execPath, ["--input-type=module", "-e", script], (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, said: stdout + stderr }),
    ),
  );
  expect({ code, said }).toEqual({ code: 0, said: "still here\n" });
});
