import { z } from "zod";
import { oneLine } from "../marked-text.ts";
import { markOf, type OutsideTask } from "../outside-task.ts";
import { address, idFor, secretFile, type StandingTask, target } from "../target.ts";
import { TargetProblem } from "../target-problem.ts";

const Made = z.object({ key: z.string() });
const Category = z.object({ statusCategory: z.object({ key: z.string() }) });
const Found = z.object({ issues: z.array(z.object({ key: z.string(), fields: z.object({ status: Category }) })) });
const Transitions = z.object({ transitions: z.array(z.object({ id: z.string(), to: Category })) });
const Permissions = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) });
const MAKE = "CREATE_ISSUES";
const AT_ONCE = 50;

/** Issues of a project in Jira Cloud (REST API v3). A label of each carries the mark by which it is known again. */
export const jira = target({
  type: "jira",
  options: {
    url: address("Address of the site, such as https://example.atlassian.net"),
    email: z.string().min(1).describe("Mail address of the account that writes there"),
    tokenFile: secretFile("File that holds an API token of that account"),
    project: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/, "is a project's key, such as TEAM")
      .describe("The project's key, such as TEAM"),
    issueType: z.string().min(1).default("Task").describe("Type of new issues, as it is called there"),
    people: idFor("Account ids of people there by their Matrix ids, for whom issues are assigned to"),
  },
  secretFiles: ["tokenFile"],
  open: ({ url, email, tokenFile, project, issueType, people }, { ask, secret }) => {
    const api = `${url}/rest/api/3`;
    const headers = () => ({
      Authorization: `Basic ${Buffer.from(`${email}:${secret(tokenFile)}`).toString("base64")}`,
      Accept: "application/json",
    });
    const factsOf = (task: OutsideTask) => {
      const account = task.owner && people[task.owner.id];
      return {
        summary: oneLine(task.title, 250),
        description: document(task.description),
        duedate: task.due,
        ...(account ? { assignee: { accountId: account } } : {}),
      };
    };
    const standing = (key: string): StandingTask => ({ id: key, url: `${url}/browse/${key}`, etag: null });
    const search = async (jql: string, signal: AbortSignal) =>
      (
        await ask(
          {
            method: "POST",
            url: `${api}/search/jql`,
            headers: headers(),
            body: { jql, fields: ["status"], maxResults: AT_ONCE },
          },
          signal,
        )
      ).json(Found).issues;

    /**
     * Moves an issue. A workflow is the project's own: any transition will do that leads to where things are done, or
     * to where they are not.
     */
    async function move(key: string, { status }: OutsideTask, signal: AbortSignal): Promise<void> {
      const path = `${api}/issue/${key}/transitions`;
      const { transitions } = (await ask({ method: "GET", url: path, headers: headers() }, signal)).json(Transitions);
      const fits = transitions.find(({ to }) => (to.statusCategory.key === "done") === (status !== "open"));
      if (!fits)
        throw new TargetProblem(
          "rejected",
          `${key}: its workflow has no way to ${status === "open" ? "open it again" : "finish it"} from where it is`,
        );
      await ask({ method: "POST", url: path, headers: headers(), body: { transition: { id: fits.id } } }, signal);
    }

    async function change(
      key: string,
      task: OutsideTask,
      withStatus: boolean,
      signal: AbortSignal,
    ): Promise<StandingTask> {
      await ask(
        { method: "PUT", url: `${api}/issue/${key}`, headers: headers(), body: { fields: factsOf(task) } },
        signal,
      );
      if (withStatus) {
        const [now] = await search(`key = ${key}`, signal);
        if (!now || (now.fields.status.statusCategory.key === "done") !== (task.status !== "open"))
          await move(key, task, signal);
      }
      return standing(key);
    }

    return {
      async check(signal) {
        const query = new URLSearchParams({ projectKey: project, permissions: MAKE });
        const { permissions } = (
          await ask({ method: "GET", url: `${api}/mypermissions?${query}`, headers: headers() }, signal)
        ).json(Permissions);
        // A wrong token is taken for a visitor's, who may do nothing.
        if (!permissions[MAKE]?.havePermission)
          throw new TargetProblem("refused", `no issues may be made in ${project}`);
        return "usable";
      },
      async put(task, { standing: known, status, maybeThere }, signal) {
        if (known) return change(known.id, task, task.status !== status, signal);
        const [there] = maybeThere ? await search(`project = ${project} AND labels = "${markOf(task)}"`, signal) : [];
        if (there) return change(there.key, task, true, signal);
        const fields = {
          project: { key: project },
          issuetype: { name: issueType },
          labels: ["mindminder", markOf(task)],
          ...factsOf(task),
        };
        return standing(
          (await ask({ method: "POST", url: `${api}/issue`, headers: headers(), body: { fields } }, signal)).json(Made)
            .key,
        );
      },
      async look(items, _, signal) {
        const seen = [];
        for (let from = 0; from < items.length; from += AT_ONCE) {
          const keys = items.slice(from, from + AT_ONCE).map(({ id }) => id);
          const found = await search(`key in (${keys.join(", ")})`, signal);
          seen.push(
            ...found.map(({ key, fields }) => ({ id: key, done: fields.status.statusCategory.key === "done" })),
          );
        }
        return seen;
      },
    };
  },
});

/** Writes a text in Atlassian Document Format, of which paragraphs are enough. */
function document(text: string): object {
  const paragraphs = text.split("\n\n").filter((part) => part.trim() !== "");
  return {
    type: "doc",
    version: 1,
    content: paragraphs.map((part) => ({ type: "paragraph", content: inlines(part) })),
  };
}

function inlines(part: string): object[] {
  return part
    .split("\n")
    .flatMap((line, at) => [
      ...(at > 0 ? [{ type: "hardBreak" }] : []),
      ...(line ? [{ type: "text", text: line }] : []),
    ]);
}
