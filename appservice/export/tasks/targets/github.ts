import { z } from "zod";
import { changedText, isMarked, markedText, oneLine } from "../marked-text.ts";
import type { OutsideTask } from "../outside-task.ts";
import { inPages, PAGE } from "../pages.ts";
import { address, idFor, secretFile, type StandingTask, target } from "../target.ts";

const Issue = z.object({
  number: z.number().int(),
  html_url: z.url(),
  state: z.string(),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? null),
});

/** Issues of a GitHub repository (REST API 2022-11-28). GitHub knows no due dates, so the date stands in the text. */
export const github = target({
  type: "github",
  options: {
    repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/, "is written as OWNER/NAME")
      .describe("The repository, as in OWNER/NAME"),
    tokenFile: secretFile("File that holds a token that may write issues there"),
    apiUrl: address("Address of the API; another one for GitHub Enterprise").default("https://api.github.com"),
    labels: z.array(z.string().min(1)).default([]).describe("Labels of new issues"),
    people: idFor("Accounts of people there by their Matrix ids, for whom issues are assigned to"),
  },
  secretFiles: ["tokenFile"],
  open: ({ repository, tokenFile, apiUrl, labels, people }, { ask, secret }) => {
    const issues = `${apiUrl}/repos/${repository}/issues`;
    const headers = () => ({
      Authorization: `Bearer ${secret(tokenFile)}`,
      Accept: "application/vnd.github+json",
      "X-GitHub-Api-Version": "2022-11-28",
    });
    const factsOf = (task: OutsideTask) => ({
      title: oneLine(task.title, 250),
      assignees: task.owner && people[task.owner.id] ? [people[task.owner.id]] : [],
    });
    const stateOf = ({ status }: OutsideTask) =>
      status === "open"
        ? { state: "open" }
        : { state: "closed", state_reason: status === "done" ? "completed" : "not_planned" };

    const changedSince = (since: number, signal: AbortSignal) =>
      inPages(async (page) => {
        const query = new URLSearchParams({
          state: "all",
          sort: "updated",
          direction: "desc",
          since: new Date(since).toISOString(),
          per_page: String(PAGE),
          page: String(page),
        });
        return (await ask({ method: "GET", url: `${issues}?${query}`, headers: headers() }, signal)).json(
          z.array(Issue),
        );
      });

    async function change(
      before: z.output<typeof Issue>,
      task: OutsideTask,
      withStatus: boolean,
      signal: AbortSignal,
    ): Promise<StandingTask> {
      const body = changedText(before.body ?? "", task, dueLine(task));
      const facts = { ...factsOf(task), ...(body === null ? {} : { body }), ...(withStatus ? stateOf(task) : {}) };
      return standing(
        (
          await ask({ method: "PATCH", url: `${issues}/${before.number}`, headers: headers(), body: facts }, signal)
        ).json(Issue),
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
        if (maybeThere)
          for await (const issue of changedSince(task.at, signal))
            if (isMarked(issue.body, task)) return change(issue, task, true, signal);
        const made = await ask(
          {
            method: "POST",
            url: issues,
            headers: headers(),
            body: { ...factsOf(task), body: markedText(task, dueLine(task)), labels },
          },
          signal,
        );
        return standing(made.json(Issue));
      },
      async look(items, since, signal) {
        const wanted = new Set(items.map(({ id }) => id));
        const seen = [];
        for await (const { number, state } of changedSince(since, signal))
          if (wanted.has(String(number))) seen.push({ id: String(number), done: state === "closed" });
        return seen;
      },
    };
  },
});

function standing({ number, html_url: url }: z.output<typeof Issue>): StandingTask {
  return { id: String(number), url, etag: null };
}

function dueLine({ due }: OutsideTask): string[] {
  return due ? [`⏰ ${due}`] : [];
}
