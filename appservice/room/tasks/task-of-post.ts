import type { PostName } from "../../journal/post.ts";
import type { MeetingId } from "../../protocol/identity.ts";

/** Task that a message of ours is about: one of its own meeting, or one that came back in a later meeting. */
export function taskOfPost({ scope, key }: PostName): { meeting: MeetingId; task: string } | null {
  if (key.kind === "carried") return { meeting: key.meeting, task: key.task };
  return key.kind === "task" && scope.kind === "meeting" ? { meeting: scope.meeting, task: key.id } : null;
}
