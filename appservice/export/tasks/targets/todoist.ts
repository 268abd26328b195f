import { z } from "zod";
import { oneLine } from "../marked-text.ts";
import { hashOf, markOf, type OutsideTask } from "../outside-task.ts";
import { address, secretFile, type StandingTask, target } from "../target.ts";

const Item = z.object({ id: z.string(), description: z.string().default("") });
const Page = z.object({ results: z.array(Item), next_cursor: z.string().nullish() });
const Completed = z.object({ items: z.array(Item), next_cursor: z.string().nullish() });
const MOST_PAGES = 20;
/** Longest stretch that the list of completed tasks may cover. */
const COMPLETED_WITHIN_MS = 80 * 24 * 3600_000;

/** Tasks in Todoist (API v1). The owner stands in the text: people there are known only within shared projects. */
export const todoist = target({
  type: "todoist",
  options: {
    tokenFile: secretFile("File that holds an API token"),
    projectId: z.string().min(1).optional().describe("Id of the project, from its address; left out: the inbox"),
    labels: z.array(z.string().min(1)).default([]).describe("Labels of new tasks"),
    apiUrl: address("Address of the API").default("https://api.todoist.com/api/v1"),
  },
  secretFiles: ["tokenFile"],
  open: ({ tokenFile, projectId, labels, apiUrl }, { ask, secret, now }) => {
    const headers = (more: Record<string, string> = {}) => ({ Authorization: `Bearer ${secret(tokenFile)}`, ...more });
    const factsOf = (task: OutsideTask) => ({
      content: oneLine(task.title, 500),
      description: `${task.description}\n\n${markOf(task)}`,
      ...(task.due ? { due_date: task.due } : { due_string: "no date" }),
    });

    async function theOneMarked(task: OutsideTask, signal: AbortSignal): Promise<z.output<typeof Item> | null> {
      let cursor = "";
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = new URLSearchParams({
          limit: "200",
          ...(projectId ? { project_id: projectId } : {}),
          ...(cursor ? { cursor } : {}),
        });
        const { results, next_cursor: next } = (
          await ask({ method: "GET", url: `${apiUrl}/tasks?${query}`, headers: headers() }, signal)
        ).json(Page);
        const found = results.find(({ description }) => description.includes(markOf(task)));
        if (found || !next) return found ?? null;
        cursor = next;
      }
      return null;
    }

    async function change(
      id: string,
      task: OutsideTask,
      withStatus: boolean,
      signal: AbortSignal,
    ): Promise<StandingTask> {
      const path = `${apiUrl}/tasks/${encodeURIComponent(id)}`;
      // Todoist has no such thing as a task that was dropped.
      if (task.status === "dropped")
        await ask({ method: "DELETE", url: path, headers: headers(), also: [404] }, signal);
      else {
        if (withStatus && task.status === "open")
          await ask({ method: "POST", url: `${path}/reopen`, headers: headers() }, signal);
        await ask({ method: "POST", url: path, headers: headers(), body: factsOf(task) }, signal);
        if (withStatus && task.status === "done")
          await ask({ method: "POST", url: `${path}/close`, headers: headers() }, signal);
      }
      return standing(id);
    }

    return {
      async check(signal) {
        const place = projectId ? `${apiUrl}/projects/${encodeURIComponent(projectId)}` : `${apiUrl}/tasks?limit=1`;
        (await ask({ method: "GET", url: place, headers: headers() }, signal)).json(z.object({}));
        return "usable";
      },
      async put(task, { standing: known, status, maybeThere }, signal) {
        if (known && status !== "dropped") return change(known.id, task, task.status !== status, signal);
        const there = maybeThere ? await theOneMarked(task, signal) : null;
        if (there) return change(there.id, task, false, signal);
        const body = { ...factsOf(task), labels, ...(projectId ? { project_id: projectId } : {}) };
        // The same request id makes the same task once.
        const made = await ask(
          {
            method: "POST",
            url: `${apiUrl}/tasks`,
            headers: headers({ "X-Request-Id": `${markOf(task)}-${hashOf(task)}` }),
            body,
          },
          signal,
        );
        return standing(made.json(Item).id);
      },
      async look(items, since, signal) {
        const wanted = new Set(items.map(({ id }) => id));
        const period = {
          since: new Date(Math.max(since, now() - COMPLETED_WITHIN_MS)).toISOString(),
          until: new Date(now() + 60_000).toISOString(),
        };
        const seen = [];
        let cursor = "";
        for (let page = 0; page < MOST_PAGES; page++) {
          const query = new URLSearchParams({ ...period, limit: "200", ...(cursor ? { cursor } : {}) });
          const answer = (
            await ask(
              { method: "GET", url: `${apiUrl}/tasks/completed/by_completion_date?${query}`, headers: headers() },
              signal,
            )
          ).json(Completed);
          seen.push(...answer.items.filter(({ id }) => wanted.has(id)).map(({ id }) => ({ id, done: true })));
          if (!answer.next_cursor) break;
          cursor = answer.next_cursor;
        }
        return seen;
      },
    };
  },
});

function standing(id: string): StandingTask {
  return { id, url: `https://app.todoist.com/app/task/${encodeURIComponent(id)}`, etag: null };
}
