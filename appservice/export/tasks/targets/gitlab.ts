import { z } from "zod";
import { changedText, isMarked, markedText, oneLine } from "../marked-text.ts";
import type { OutsideTask } from "../outside-task.ts";
import { inPages, PAGE } from "../pages.ts";
import { address, idFor, secretFile, type StandingTask, target } from "../target.ts";

const Issue = z.object({
  iid: z.number().int(),
  web_url: z.url(),
  state: z.string(),
  description: z
    .string()
    .nullish()
    .transform((text) => text ?? null),
});

/** Issues of a GitLab project (REST API v4). */
export const gitlab = target({
  type: "gitlab",
  options: {
    project: z.string().min(1).describe("The project, as in GROUP/NAME, or its number"),
    tokenFile: secretFile("File that holds an access token with the scope “api”"),
    url: address("Address of the server").default("https://gitlab.com"),
    labels: z.array(z.string().min(1)).default([]).describe("Labels of new issues"),
    people: idFor("Numbers of people's accounts there by their Matrix ids, for whom issues are assigned to"),
  },
  secretFiles: ["tokenFile"],
  open: ({ project, tokenFile, url, labels, people }, { ask, secret }) => {
    const issues = `${url}/api/v4/projects/${encodeURIComponent(project)}/issues`;
    const headers = () => ({ "PRIVATE-TOKEN": secret(tokenFile) });
    const factsOf = ({ title, owner, due }: OutsideTask) => {
      const account = owner && Number(people[owner.id]);
      return { title: oneLine(title, 255), due_date: due ?? "", assignee_ids: account ? [account] : [] };
    };

    const found = (query: Record<string, string>, signal: AbortSignal) =>
      inPages(async (page) => {
        const search = new URLSearchParams({
          scope: "all",
          state: "all",
          per_page: String(PAGE),
          page: String(page),
          ...query,
        });
        return (await ask({ method: "GET", url: `${issues}?${search}`, headers: headers() }, signal)).json(
          z.array(Issue),
        );
      });

    async function change(
      before: z.output<typeof Issue>,
      task: OutsideTask,
      withStatus: boolean,
      signal: AbortSignal,
    ): Promise<StandingTask> {
      const description = changedText(before.description ?? "", task);
      // GitLab knows one way of being closed.
      const state = !withStatus ? {} : { state_event: task.status === "open" ? "reopen" : "close" };
      const body = { ...factsOf(task), ...(description === null ? {} : { description }), ...state };
      return standing(
        (await ask({ method: "PUT", url: `${issues}/${before.iid}`, headers: headers(), body }, signal)).json(Issue),
      );
    }

    return {
      async check(signal) {
        (await ask({ method: "GET", url: `${issues}?per_page=1`, headers: headers() }, signal)).json(z.array(Issue));
        return "usable";
      },
      async put(task, { standing: known, status, maybeThere }, signal) {
        if (known) {
          const before = (await ask({ method: "GET", url: `${issues}/${known.id}`, headers: headers() }, signal)).json(
            Issue,
          );
          return change(before, task, task.status !== status, signal);
        }
        if (maybeThere) {
          const since = { created_after: new Date(task.at).toISOString() };
          for await (const issue of found(since, signal))
            if (isMarked(issue.description, task)) return change(issue, task, true, signal);
        }
        const body = { ...factsOf(task), description: markedText(task), labels: labels.join(",") };
        return standing((await ask({ method: "POST", url: issues, headers: headers(), body }, signal)).json(Issue));
      },
      async look(items, since, signal) {
        const wanted = new Set(items.map(({ id }) => id));
        const seen = [];
        for await (const { iid, state } of found({ updated_after: new Date(since).toISOString() }, signal)) {
          if (wanted.has(String(iid))) seen.push({ id: String(iid), done: state === "closed" });
        }
        return seen;
      },
    };
  },
});

function standing({ iid, web_url: url }: z.output<typeof Issue>): StandingTask {
  return { id: String(iid), url, etag: null };
}
