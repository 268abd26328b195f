import { z } from "zod";
import { whenUnchanged } from "../http.ts";
import { markOf } from "../outside-task.ts";
import { address, idFor, secretFile, type StandingTask, target } from "../target.ts";
import { TargetProblem } from "../target-problem.ts";
import { changedTodo, isDone, newTodo } from "../vtodo.ts";

/**
 * Request for the calendar's type (RFC 4791 §5.2.3), and for our rights in it (RFC 3744 §5.4), where the server tells
 * them.
 */
const ABOUT = `<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><prop><resourcetype/><current-user-privilege-set/><c:supported-calendar-component-set/></prop></propfind>`;

/** Tells whether an element of that name stands in the XML, with whichever prefix. */
const names = (xml: string, element: string) => new RegExp(`<(?:[\\w-]+:)?${element}[\\s/>]`).test(xml);

/**
 * Header against compressed answers, which have marks of their own, with which nothing can be changed (RFC 9110
 * §8.8.3.3).
 */
const PLAIN = { "Accept-Encoding": "identity" };
const OF_COMPRESSION = /(?:--?|; ?)(?:gzip|gz|br|zstd|deflate|df)$/i;

/**
 * Makes a change depend on a mark. One that a proxy made weak, or gave an ending, matches none of the server's own; so
 * the mark it was made of is named, too.
 */
function unchangedSince(etag: string | null): Record<string, string> {
  const [, mark] = /^(?:W\/)?"([^"]*)"$/i.exec(etag?.trim() ?? "") ?? [];
  if (mark === undefined) return etag ? { "If-Match": etag } : {};
  return { "If-Match": [...new Set([mark, mark.replace(OF_COMPRESSION, "")])].map((each) => `"${each}"`).join(", ") };
}

/** Path on the same server where an entry was put, if not where we asked for it (RFC 9110 §10.2.2). */
function elsewhere(location: string | null, asked: string): string | null {
  const place = location === null || !URL.canParse(location, asked) ? null : new URL(location, asked);
  return place && place.origin === new URL(asked).origin && place.href !== asked ? place.pathname : null;
}

/**
 * Calendar collection of a CalDAV server (RFC 4791), such as Radicale, Nextcloud or Vikunja: a VTODO for each task. It
 * is PUT and GET with ETags on names that we choose, so plain HTTP does; the libraries for CalDAV are made for
 * discovering and synchronising calendars.
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
    // A server may have put an entry under another name than ours, and then said which.
    const hrefOf = (id: string) => (id.startsWith("/") ? new URL(id, url).href : `${url}/${id}.ics`);
    const calendar = { "Content-Type": "text/calendar; charset=utf-8" };
    return {
      async check(signal) {
        const about = headers({ Depth: "0", "Content-Type": "application/xml; charset=utf-8" });
        const { text } = await ask({ method: "PROPFIND", url: `${url}/`, headers: about, body: ABOUT }, signal);
        if (!names(text, "calendar")) throw new TargetProblem("misset", "there is something else than a calendar");
        const kinds = [...text.matchAll(/<(?:[\w-]+:)?comp\s[^<>]*name=["'](\w+)["']/g)].map(([, kind]) => kind);
        if (kinds.length > 0 && !kinds.includes("VTODO"))
          throw new TargetProblem("misset", `the calendar takes no tasks, but ${kinds.join(", ")}`);
        // Privileges stand between the name in the opening tag and the name in the closing one.
        const [, rights] = text.split("current-user-privilege-set");
        if (rights !== undefined && !["all", "write", "write-content", "bind"].some((right) => names(rights, right))) {
          throw new TargetProblem("refused", "the calendar may be read, but not written to");
        }
        return "usable";
      },

      async put(task, { standing, status }, signal) {
        const id = standing?.id ?? markOf(task);
        const mail = task.owner && people[task.owner.id];
        const written = { uid: markOf(task), now: now(), attendee: mail ? `mailto:${mail}` : null };
        let refusedAt: string | null = null;
        const change = () =>
          whenUnchanged(async (): Promise<StandingTask> => {
            const before = await ask({ method: "GET", url: hrefOf(id), headers: headers(PLAIN) }, signal);
            const body = changedTodo(before.text, task, { ...written, withStatus: task.status !== status });
            if (body === null)
              throw new TargetProblem("unreadable", `${hrefOf(id)}: there is something else than a task`);
            const seen = `${before.headers.get("etag") ?? ""}\n${before.text}`;
            // Refused though nothing had changed: the server knows its own mark no more, as behind a proxy that
            // rewrites it.
            const condition: Record<string, string> =
              seen === refusedAt ? {} : unchangedSince(before.headers.get("etag"));
            refusedAt = seen;
            const { headers: after } = await ask(
              { method: "PUT", url: hrefOf(id), headers: headers({ ...calendar, ...condition }), body },
              signal,
            );
            return { id, url: null, etag: after.get("etag") };
          });
        if (standing) return change();
        // The name is made from the task: if an entry stands there, we put it there, whether we had the answer or not.
        const {
          status: answered,
          headers: after,
          text,
        } = await ask(
          {
            method: "PUT",
            url: hrefOf(id),
            headers: headers({ ...calendar, "If-None-Match": "*" }),
            body: newTodo(task, written),
            also: [404, 409, 412],
          },
          signal,
        );
        if (answered === 412) return change();
        if (answered >= 400)
          throw new TargetProblem("misset", `${url}: there is no such calendar: ${answered} ${text.slice(0, 200)}`);
        return { id: elsewhere(after.get("location"), hrefOf(id)) ?? id, url: null, etag: after.get("etag") };
      },

      async look(items, _, signal) {
        const seen = [];
        for (const { id, etag } of items) {
          const { status, text } = await ask(
            {
              method: "GET",
              url: hrefOf(id),
              headers: headers({ ...PLAIN, ...(etag ? { "If-None-Match": etag } : {}) }),
              also: [304, 404],
            },
            signal,
          );
          if (status === 200) seen.push({ id, done: isDone(text) });
        }
        return seen;
      },
    };
  },
});
