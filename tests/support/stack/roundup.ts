import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureRoundup } from "../../../tools/setup/roundup.ts";
import { withFreePorts } from "./ports.ts";
import { startProcess } from "./processes.ts";

export type Roundup = {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Its REST interface, as somebody with an account there would ask it. */
  ask(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
};

// Its own server will not run as root, which tests may.
const SERVE = `import sys
from wsgiref.simple_server import make_server
from roundup.cgi.wsgi_handler import RequestDispatcher
make_server("127.0.0.1", int(sys.argv[1]), RequestDispatcher(sys.argv[2])).serve_forever()`;

/** A real tracker on loopback, of the classic form that comes with it. It writes no mails. */
export async function startRoundup({ dir }: { dir: string }): Promise<Roundup> {
  const { python } = await ensureRoundup(quiet);
  const home = join(dir, "tracker");
  await mkdir(home, { recursive: true });
  const admin = async (...args: string[]) =>
    promisify(execFile)(python, ["-m", "roundup.scripts.roundup_admin", "-i", home, ...args]);
  await admin("install", "classic", "sqlite");
  return withFreePorts(1, async ([port = 0]) => {
    const [url, username, password] = [`http://127.0.0.1:${port}`, "admin", "roof-garden"];
    const config = join(home, "config.ini");
    const values: Readonly<Record<string, string>> = { web: `${url}/`, domain: "example.org", host: "localhost" };
    await writeFile(
      config,
      (await readFile(config, "utf8"))
        .replace(/^#(web|domain|host) = NO DEFAULT$/gm, (_, key: string) => `${key} = ${values[key]}`)
        // Each request proves the password anew, which is to take its time in earnest.
        .replace(/^#?password_pbkdf2_default_rounds = .*$/m, "password_pbkdf2_default_rounds = 1000"),
    );
    // Nobody here is to be written to.
    await rm(join(home, "detectors", "nosyreaction.py"));
    await admin("initialise", password);
    const running = await startProcess({
      name: "Roundup",
      command: python,
      args: ["-c", SERVE, String(port), home],
      cwd: home,
      log: join(dir, "roundup.log"),
      ready: `${url}/@@file/style.css`,
      readyWithin: 15_000,
    });
    const headers = {
      Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
      Accept: "application/json",
      "X-Requested-With": "rest",
      Origin: url,
    };
    return {
      url,
      username,
      password,
      async ask(method, path, body) {
        const etag =
          method === "GET" || method === "POST"
            ? {}
            : { "If-Match": (await fetch(`${url}/rest/data/${path}`, { headers })).headers.get("etag") ?? "" };
        const response = await fetch(`${url}/rest/data/${path}`, {
          method,
          headers: { ...headers, ...etag, ...(body ? { "Content-Type": "application/json" } : {}) },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const answer = (await response.json()) as { data: Record<string, unknown> };
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
        return answer.data;
      },
      stop: () => running.stop(),
    };
  });
}
