import { z } from "zod";
import { whenUnchanged } from "../http.ts";
import { oneLine } from "../marked-text.ts";
import { markOf, type OutsideTask } from "../outside-task.ts";
import { address, idFor, secretFile, type StandingTask, target } from "../target.ts";
import { TargetProblem } from "../target-problem.ts";

const Made = z.object({ data: z.object({ id: z.string() }) });
const Issues = z.object({
  data: z.object({
    collection: z.array(z.object({ id: z.string(), status: z.object({ name: z.string() }).nullable() })),
  }),
});
const Messages = z.object({
  data: z.object({ collection: z.array(z.object({ id: z.string(), messageid: z.string().nullable() })) }),
});
const Names = z.object({ data: z.object({ collection: z.array(z.object({ name: z.string() })) }) });
const AT_ONCE = 50;

/**
 * Issues of a Roundup tracker (its REST interface, version 1) of the classic form: the words that a task rests on are
 * the issue's first message, which carries our mark as its message id. It knows no due dates, so the date stands in
 * that message.
 */
export const roundup = target({
  type: "roundup",
  options: {
    url: address("Address of the tracker, such as https://bugs.example.org/garden"),
    username: z.string().min(1).describe("Account that writes there"),
    passwordFile: secretFile("File that holds its password"),
    openStatus: z.string().min(1).default("unread").describe("Status of open issues, as it is called there"),
    doneStatus: z.string().min(1).default("resolved").describe("Status of finished issues, as it is called there"),
    people: idFor("Accounts of people there by their Matrix ids, for whom issues are assigned to"),
  },
  secretFiles: ["passwordFile"],
  open: ({ url, username, passwordFile, openStatus, doneStatus, people }, { ask, secret }) => {
    const api = `${url}/rest/data`;
    // Its guard against forged requests wants to know where they come from.
    const headers = (more: Record<string, string> = {}) => ({
      Authorization: `Basic ${Buffer.from(`${username}:${secret(passwordFile)}`).toString("base64")}`,
      Accept: "application/json",
      "X-Requested-With": "rest",
      Origin: new URL(url).origin,
      Referer: `${url}/`,
      ...more,
    });
    const factsOf = ({ title, owner }: OutsideTask) => ({
      title: oneLine(title, 250),
      assignedto: (owner && people[owner.id]) ?? "",
    });
    const statusOf = ({ status }: OutsideTask) => ({ status: status === "open" ? openStatus : doneStatus });
    const textOf = (task: OutsideTask) => [task.description, ...(task.due ? [`⏰ ${task.due}`] : [])].join("\n\n");
    const standing = (id: string): StandingTask => ({ id, url: `${url}/issue${id}`, etag: null });

    const issues = async (filter: Record<string, string>, signal: AbortSignal) => {
      const query = new URLSearchParams({
        "@fields": "status",
        "@verbose": "2",
        "@page_size": String(AT_ONCE),
        ...filter,
      });
      return (await ask({ method: "GET", url: `${api}/issue?${query}`, headers: headers() }, signal)).json(Issues).data
        .collection;
    };
    const messageOf = async (task: OutsideTask, signal: AbortSignal) => {
      const query = new URLSearchParams({ messageid: markOf(task), "@fields": "messageid" });
      const { data } = (await ask({ method: "GET", url: `${api}/msg?${query}`, headers: headers() }, signal)).json(
        Messages,
      );
      return data.collection.find(({ messageid }) => messageid === markOf(task))?.id ?? null;
    };
    /**
     * Writes to the tracker, which answers 409 for a task that it will not have, and 412 for an item that somebody else
     * has just changed.
     */
    const write = async (
      method: "POST" | "PUT",
      path: string,
      body: object,
      more: Record<string, string>,
      signal: AbortSignal,
    ) => {
      const answer = await ask({ method, url: `${api}/${path}`, headers: headers(more), body, also: [409] }, signal);
      if (answer.status === 409)
        throw new TargetProblem("rejected", `${method} ${api}/${path}: 409 ${answer.text.slice(0, 300)}`);
      return answer;
    };
    const make = async (what: "issue" | "msg", body: object, signal: AbortSignal) =>
      (await write("POST", what, body, {}, signal)).json(Made).data.id;
    const change = (path: string, body: object, signal: AbortSignal) =>
      whenUnchanged(async () => {
        const { headers: before } = await ask({ method: "GET", url: `${api}/${path}`, headers: headers() }, signal);
        await write("PUT", path, body, { "If-Match": before.get("etag") ?? "" }, signal);
      });

    async function changeIssue(
      id: string,
      task: OutsideTask,
      withStatus: boolean,
      signal: AbortSignal,
    ): Promise<StandingTask> {
      // An issue that was deleted can still be read by its number.
      if ((await issues({ id }, signal)).length === 0)
        throw new TargetProblem("gone", `${api}/issue/${id}: it was deleted`);
      await change(`issue/${id}`, { ...factsOf(task), ...(withStatus ? statusOf(task) : {}) }, signal);
      const message = await messageOf(task, signal);
      if (message !== null) await change(`msg/${message}`, { content: textOf(task) }, signal);
      return standing(id);
    }

    return {
      async check(signal) {
        await issues({ "@page_size": "1" }, signal);
        const { collection } = (
          await ask({ method: "GET", url: `${api}/status?@fields=name`, headers: headers() }, signal)
        ).json(Names).data;
        const names = collection.map(({ name }) => name);
        for (const wanted of [openStatus, doneStatus]) {
          if (!names.includes(wanted))
            throw new TargetProblem("misset", `it has no status “${wanted}”, but ${names.join(", ")}`);
        }
        return "usable";
      },
      async put(task, { standing: known, status, maybeThere }, signal) {
        if (known) return changeIssue(known.id, task, task.status !== status, signal);
        const before = maybeThere ? await messageOf(task, signal) : null;
        const message =
          before ?? (await make("msg", { content: textOf(task), messageid: markOf(task), author: username }, signal));
        const [there] = before === null ? [] : await issues({ messages: before }, signal);
        if (there) return changeIssue(there.id, task, true, signal);
        return standing(await make("issue", { ...factsOf(task), ...statusOf(task), messages: [message] }, signal));
      },
      async look(items, _, signal) {
        const seen = [];
        for (let from = 0; from < items.length; from += AT_ONCE) {
          const found = await issues(
            {
              id: items
                .slice(from, from + AT_ONCE)
                .map(({ id }) => id)
                .join(","),
            },
            signal,
          );
          seen.push(...found.map(({ id, status }) => ({ id, done: status?.name === doneStatus })));
        }
        return seen;
      },
    };
  },
});
