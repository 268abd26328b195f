import { z } from "zod";
import { whenUnchanged } from "../http.ts";
import { markOf } from "../outside-task.ts";
import { address, idFor, secretFile, type Standing, target } from "../target.ts";
import { TargetProblem } from "../target-problem.ts";
import { changedTodo, isDone, newTodo } from "../vtodo.ts";

/** What it is (RFC 4791 §5.2.3), and what we may do with it (RFC 3744 §5.4), where the server says so. */
const ABOUT = `<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><prop><resourcetype/><current-user-privilege-set/><c:supported-calendar-component-set/></prop></propfind>`;

/** Whether an element of that name stands in it, with whichever prefix. */
const names = (xml: string, element: string) => new RegExp(`<(?:[\\w-]+:)?${element}[\\s/>]`).test(xml);

/**
 * A calendar collection of a CalDAV server (RFC 4791), such as Radicale, Nextcloud or Vikunja: a VTODO for each task. It is PUT and GET
 * with ETags on names that we choose, so plain HTTP does; the libraries for CalDAV are made for discovering and synchronising calendars.
 */
export const caldav = target({
  type: "caldav",
  options: {
    url: address("Address of the calendar collection, such as https://dav.example.org/team/tasks"),
    username: z.string().min(1).optional().describe("Who we are there; left out where the server asks for nobody"),
    passwordFile: secretFile("File that holds the password").optional(),
    people: idFor("Mail addresses of people by their Matrix ids, for the ATTENDEE of their tasks"),
  },
  secretFiles: ["passwordFile"],
  open: ({ url, username, passwordFile, people }, { ask, secret, now }) => {
    const headers = (more: Record<string, string> = {}): Record<string, string> => {
      if (username === undefined) return more;
      const login = `${username}:${passwordFile === undefined ? "" : secret(passwordFile)}`;
      return { Authorization: `Basic ${Buffer.from(login).toString("base64")}`, ...more };
    };
    const hrefOf = (id: string) => `${url}/${id}.ics`;
    const calendar = { "Content-Type": "text/calendar; charset=utf-8" };
    return {
      async check(signal) {
        const about = headers({ Depth: "0", "Content-Type": "application/xml; charset=utf-8" });
        const { text } = await ask({ method: "PROPFIND", url: `${url}/`, headers: about, body: ABOUT }, signal);
        if (!names(text, "calendar")) throw new TargetProblem("misset", "there is something else than a calendar");
        const kinds = [...text.matchAll(/<(?:[\w-]+:)?comp\s[^<>]*name=["'](\w+)["']/g)].map(([, kind]) => kind);
        if (kinds.length > 0 && !kinds.includes("VTODO")) throw new TargetProblem("misset", `the calendar takes no tasks, but ${kinds.join(", ")}`);
        // Between the name in the opening tag and the name in the closing one.
        const [, rights] = text.split("current-user-privilege-set");
        if (rights !== undefined && !["all", "write", "write-content", "bind"].some((right) => names(rights, right))) {
          throw new TargetProblem("refused", "the calendar may be read, but not written to");
        }
        return "usable";
      },

      async put(task, { standing, status }, signal) {
        const id = standing?.id ?? markOf(task);
        const mail = task.owner && people[task.owner.id];
        const written = { uid: id, now: now(), attendee: mail ? `mailto:${mail}` : null };
        const change = () => whenUnchanged(async (): Promise<Standing> => {
          const before = await ask({ method: "GET", url: hrefOf(id), headers: headers() }, signal);
          const etag = before.headers.get("etag");
          const body = changedTodo(before.text, task, { ...written, withStatus: task.status !== status });
          const { headers: after } = await ask({ method: "PUT", url: hrefOf(id), headers: headers({ ...calendar, ...(etag ? { "If-Match": etag } : {}) }), body }, signal);
          return { id, url: null, etag: after.get("etag") };
        });
        if (standing) return change();
        // The name is made from the task: whoever put it there before was us, whether we had the answer or not.
        const { status: answered, headers: after, text } = await ask(
          { method: "PUT", url: hrefOf(id), headers: headers({ ...calendar, "If-None-Match": "*" }), body: newTodo(task, written), also: [404, 409, 412] }, signal,
        );
        if (answered === 412) return change();
        if (answered >= 400) throw new TargetProblem("misset", `${url}: there is no such calendar: ${answered} ${text.slice(0, 200)}`);
        return { id, url: null, etag: after.get("etag") };
      },

      async look(items, _, signal) {
        const seen = [];
        for (const { id, etag } of items) {
          const { status, text } = await ask({ method: "GET", url: hrefOf(id), headers: headers(etag ? { "If-None-Match": etag } : {}), also: [304, 404] }, signal);
          if (status === 200) seen.push({ id, done: isDone(text) });
        }
        return seen;
      },
    };
  },
});
