import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureRadicale } from "../../../tools/setup/radicale.ts";
import { withFreePorts } from "./ports.ts";
import { startProcess } from "./processes.ts";

export type Radicale = {
  readonly username: string;
  readonly password: string;
  /** A calendar for tasks; it is there. */
  readonly calendar: string;
  /** Asks as a person's own calendar would: GET, PUT, DELETE of its entries. */
  ask(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Response>;
  /** Every calendar object in the calendar, by its address. */
  objects(): Promise<Map<string, string>>;
  stop(): Promise<void>;
};

/** A real CalDAV server on loopback, with one account and one calendar. */
export async function startRadicale({ dir }: { dir: string }): Promise<Radicale> {
  const { python } = await ensureRadicale(quiet);
  await mkdir(dir, { recursive: true });
  const [username, password] = ["mindminder", "roof-garden"];
  await writeFile(join(dir, "users"), `${username}:${password}\n`);
  return withFreePorts(1, async ([port = 0]) => {
    const url = `http://127.0.0.1:${port}`;
    await writeFile(
      join(dir, "config"),
      [
        "[server]",
        `hosts = 127.0.0.1:${port}`,
        "[auth]",
        "type = htpasswd",
        `htpasswd_filename = ${join(dir, "users")}`,
        "htpasswd_encryption = plain",
        "delay = 0",
        "[storage]",
        `filesystem_folder = ${join(dir, "collections")}`,
        "[web]",
        "type = none",
        "[logging]",
        "level = warning",
        "",
      ].join("\n"),
    );
    const running = await startProcess({
      name: "Radicale",
      command: python,
      args: ["-m", "radicale", "--config", join(dir, "config")],
      cwd: dir,
      log: join(dir, "radicale.log"),
      ready: `${url}/.web`,
    });
    const calendar = `${url}/${username}/tasks`;
    const login = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    const ask = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
      fetch(new URL(path, `${calendar}/`), {
        method,
        headers: { Authorization: login, ...headers },
        ...(body === undefined ? {} : { body }),
      });
    const made = await ask("MKCALENDAR", calendar);
    if (made.status !== 201) throw new Error(`Radicale made no calendar: ${made.status}`);
    return {
      username,
      password,
      calendar,
      ask,
      objects: async () => {
        const query =
          '<c:calendar-query xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:d="DAV:"><d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>';
        const found = await (
          await ask("REPORT", `${calendar}/`, query, { "Content-Type": "application/xml", Depth: "1" })
        ).text();
        const hrefs = [...found.matchAll(/<href>([^<]+\.ics)<\/href>/g)].map(([, href = ""]) => href);
        return new Map(
          await Promise.all(hrefs.map(async (href) => [href, await (await ask("GET", href)).text()] as const)),
        );
      },
      stop: () => running.stop(),
    };
  });
}
