import type { Answered, Asked } from "./task-server.ts";

/** A stand-in's memory, seen as people would see it, whatever the manager calls things. */
export type StandIn = {
  readonly answer: (asked: Asked) => Answered;
  readonly items: () => readonly {
    readonly title: string;
    readonly text: string;
    readonly due: string | null;
    readonly who: unknown;
    readonly state: "open" | "done" | "dropped";
  }[];
  /** Somebody finishes the only item. */
  readonly finish: () => void;
  /** Somebody deletes the only item. */
  readonly remove: () => void;
};

const none: Answered = { status: 404, body: { message: "Not Found" } };
const bodyOf = (asked: Asked) => asked.body as Record<string, unknown>;

/** After “REST API endpoints for issues” of GitHub's documentation, version 2022-11-28. */
export function githubStandIn(): StandIn {
  type Issue = {
    number: number;
    title: string;
    body: string;
    state: string;
    state_reason: string | null;
    assignees: string[];
    html_url: string;
    updated_at: string;
  };
  const issues: Issue[] = [];
  const answer = (asked: Asked): Answered => {
    if (asked.headers.authorization !== "Bearer secret") return { status: 401, body: { message: "Bad credentials" } };
    const [, number] = /^\/repos\/example\/garden\/issues(?:\/(\d+))?$/.exec(asked.path) ?? [null];
    if (number === null) return none;
    if (asked.method === "GET" && number === undefined) {
      const since = asked.query.get("since") ?? "";
      const [page, size] = [Number(asked.query.get("page")), Number(asked.query.get("per_page"))];
      return {
        status: 200,
        body: issues.filter((each) => each.updated_at >= since).slice((page - 1) * size, page * size),
      };
    }
    if (asked.method === "POST" && number === undefined) {
      const issue = {
        state: "open",
        state_reason: null,
        updated_at: new Date().toISOString(),
        number: issues.length + 1,
        html_url: `https://github.com/example/garden/issues/${issues.length + 1}`,
        ...bodyOf(asked),
      } as Issue;
      issues.push(issue);
      return { status: 201, body: issue };
    }
    const issue = issues.find((each) => each.number === Number(number));
    if (!issue) return none;
    if (asked.method === "PATCH") Object.assign(issue, bodyOf(asked), { updated_at: new Date().toISOString() });
    return { status: 200, body: issue };
  };
  const stateOf = ({ state, state_reason: reason }: Issue) =>
    state === "open" ? "open" : reason === "not_planned" ? "dropped" : "done";
  return {
    answer,
    items: () =>
      issues.map((each) => ({
        title: each.title,
        text: each.body,
        due: /⏰ (\S+)/.exec(each.body)?.[1] ?? null,
        who: each.assignees[0],
        state: stateOf(each),
      })),
    finish: () =>
      Object.assign(issues[0]!, { state: "closed", state_reason: "completed", updated_at: new Date().toISOString() }),
    remove: () => void issues.splice(0),
  };
}

/** After “Issues API” of GitLab's documentation, v4. */
export function gitlabStandIn(): StandIn {
  type Issue = {
    iid: number;
    title: string;
    description: string;
    state: string;
    due_date: string | null;
    assignee_ids: number[];
    web_url: string;
  };
  const issues: Issue[] = [];
  const answer = (asked: Asked): Answered => {
    if (asked.headers["private-token"] !== "secret") return { status: 401, body: { message: "401 Unauthorized" } };
    const [, iid] = /^\/api\/v4\/projects\/garden%2Froofs\/issues(?:\/(\d+))?$/.exec(asked.path) ?? [null];
    if (iid === null) return none;
    const {
      state_event: event,
      due_date: due,
      ...facts
    } = asked.method === "GET" ? ({} as Record<string, unknown>) : bodyOf(asked);
    if (asked.method === "GET" && iid === undefined)
      return { status: 200, body: asked.query.get("page") === "1" ? issues : [] };
    if (asked.method === "POST") {
      issues.push({
        iid: issues.length + 1,
        state: "opened",
        web_url: `https://gitlab.example.org/garden/roofs/-/issues/${issues.length + 1}`,
        due_date: due || null,
        ...facts,
      } as Issue);
      return { status: 201, body: issues.at(-1) };
    }
    const issue = issues.find((each) => each.iid === Number(iid));
    if (!issue) return none;
    if (asked.method === "PUT")
      Object.assign(
        issue,
        facts,
        { due_date: due || null },
        event ? { state: event === "close" ? "closed" : "opened" } : {},
      );
    return { status: 200, body: issue };
  };
  return {
    answer,
    items: () =>
      issues.map((each) => ({
        title: each.title,
        text: each.description,
        due: each.due_date,
        who: each.assignee_ids[0],
        state: each.state === "opened" ? "open" : "done",
      })),
    finish: () => void (issues[0]!.state = "closed"),
    remove: () => void issues.splice(0),
  };
}

/** After “The Jira Cloud platform REST API”, v3: issues, transitions, enhanced search. */
export function jiraStandIn(): StandIn {
  type Issue = {
    key: string;
    summary: string;
    description: unknown;
    duedate: string | null;
    labels: string[];
    assignee?: { accountId: string };
    category: string;
  };
  const issues: Issue[] = [];
  const transitions = [
    ["11", "new"],
    ["21", "indeterminate"],
    ["31", "done"],
  ].map(([id, key]) => ({ id, name: key, to: { name: key, statusCategory: { key } } }));
  const answer = (asked: Asked): Answered => {
    if (asked.headers.authorization !== `Basic ${Buffer.from("bot@example.org:secret").toString("base64")}`)
      return { status: 401, body: { errorMessages: ["no"] } };
    const body = asked.method === "GET" ? {} : bodyOf(asked);
    if (asked.path === "/rest/api/3/mypermissions") {
      const names = asked.query.get("permissions")!.split(",");
      return {
        status: 200,
        body: {
          permissions: Object.fromEntries(
            names.map((name) => [
              name,
              { id: "11", key: name, havePermission: asked.query.get("projectKey") === "GARDEN" },
            ]),
          ),
        },
      };
    }
    if (asked.path === "/rest/api/3/search/jql") {
      const jql = String(body["jql"]);
      const [, label] = /labels = "([^"]+)"/.exec(jql) ?? [];
      const found = issues.filter(({ key, labels }) =>
        label ? labels.includes(label) : new RegExp(`\\b${key}\\b`).test(jql),
      );
      return {
        status: 200,
        body: {
          isLast: true,
          issues: found.map(({ key, category }) => ({
            id: "1",
            key,
            fields: { status: { statusCategory: { key: category } } },
          })),
        },
      };
    }
    if (asked.path === "/rest/api/3/issue") {
      issues.push({ key: `GARDEN-${issues.length + 1}`, category: "new", ...(body["fields"] as object) } as Issue);
      return { status: 201, body: { id: "10000", key: issues.at(-1)!.key, self: "x" } };
    }
    const [, key, transition] = /^\/rest\/api\/3\/issue\/([A-Z]+-\d+)(\/transitions)?$/.exec(asked.path) ?? [];
    const issue = issues.find((each) => each.key === key);
    if (!issue) return { status: 404, body: { errorMessages: ["Issue does not exist"] } };
    if (transition && asked.method === "GET") return { status: 200, body: { transitions } };
    if (transition)
      issue.category = transitions.find(({ id }) => id === (body["transition"] as { id: string }).id)!.to.statusCategory
        .key!;
    else Object.assign(issue, body["fields"]);
    return { status: 204 };
  };
  return {
    answer,
    items: () =>
      issues.map((each) => ({
        title: each.summary,
        text: `${JSON.stringify(each.description)} ${each.labels.join(" ")}`,
        due: each.duedate,
        who: each.assignee?.accountId,
        state: each.category === "done" ? "done" : "open",
      })),
    finish: () => void (issues[0]!.category = "done"),
    remove: () => void issues.splice(0),
  };
}

/** After “Todoist API v1”: tasks, their closing and reopening, completed tasks by completion date. */
export function todoistStandIn(): StandIn {
  type Item = { id: string; content: string; description: string; due: { date: string } | null; checked: boolean };
  let items: Item[] = [];
  const dueOf = (body: Record<string, unknown>) =>
    body["due_date"]
      ? { due: { date: String(body["due_date"]) } }
      : body["due_string"] === "no date"
        ? { due: null }
        : {};
  const answer = (asked: Asked): Answered => {
    if (asked.headers.authorization !== "Bearer secret") return { status: 401, body: { error: "Unauthorized" } };
    if (asked.path === "/tasks/completed/by_completion_date")
      return { status: 200, body: { items: items.filter(({ checked }) => checked), next_cursor: null } };
    if (asked.path === "/projects/p") return { status: 200, body: { id: "p", name: "Garden" } };
    if (asked.path === "/tasks" && asked.method === "GET")
      return { status: 200, body: { results: items.filter(({ checked }) => !checked), next_cursor: null } };
    if (asked.path === "/tasks") {
      const { content, description } = bodyOf(asked) as unknown as Item;
      items.push({ id: `6X${items.length}`, content, description, due: null, checked: false, ...dueOf(bodyOf(asked)) });
      return { status: 200, body: items.at(-1) };
    }
    const [, id, act] = /^\/tasks\/(\w+)(?:\/(close|reopen))?$/.exec(asked.path) ?? [];
    const item = items.find((each) => each.id === id);
    if (!item) return none;
    if (asked.method === "DELETE") {
      items = items.filter((each) => each !== item);
      return { status: 204 };
    }
    if (act) {
      item.checked = act === "close";
      return { status: 204 };
    }
    const { content, description } = bodyOf(asked) as unknown as Item;
    Object.assign(item, { content, description }, dueOf(bodyOf(asked)));
    return { status: 200, body: item };
  };
  return {
    answer,
    items: () =>
      items.map((each) => ({
        title: each.content,
        text: each.description,
        due: each.due?.date ?? null,
        who: each.description.includes("who: Ann") ? "text" : null,
        state: each.checked ? "done" : "open",
      })),
    finish: () => void (items[0]!.checked = true),
    remove: () => void (items = []),
  };
}
