import type { MeetingId } from "../../protocol/identity.ts";

/** Which task a message of ours is about: one of its own meeting, or one that came back in a later meeting. */
export function taskOfPost({
  scope,
  key,
}: {
  readonly scope: string;
  readonly key: string;
}): { meeting: MeetingId; task: string } | null {
  const [, own] = /^task:(.+)$/.exec(key) ?? [];
  if (own !== undefined) return { meeting: scope, task: own };
  const [, meeting, task] = /^carried:([^:]+):(.+)$/.exec(key) ?? [];
  return meeting !== undefined && task !== undefined ? { meeting, task } : null;
}
