import type { TargetKind } from "./target.ts";

/** All kinds of task managers, one file each. */
export const TARGETS: readonly TargetKind[] = [
  (await import("./targets/caldav.ts")).caldav,
  (await import("./targets/csv.ts")).csv,
  (await import("./targets/github.ts")).github,
  (await import("./targets/gitlab.ts")).gitlab,
  (await import("./targets/jira.ts")).jira,
  (await import("./targets/roundup.ts")).roundup,
  (await import("./targets/todoist.ts")).todoist,
  (await import("./targets/webhook.ts")).webhook,
];
