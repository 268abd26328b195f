import type { Meeting } from "../../circle/meeting.ts";
import type { Post } from "../../journal/post.ts";
import type { RecordState } from "../../record/state.ts";
import type { PostKey } from "../../journal/post-key.ts";
import { meetingMessage } from "../messages/meeting-message.ts";
import { restsOfMeeting } from "../rests.ts";
import type { MinutesState, Wording } from "../wording.ts";
import { itemPosts, notePosts, summaryPosts } from "./minutes-posts.ts";
import { type InThread, post } from "./post.ts";

const ROOT: PostKey = { kind: "meeting" };

/** Tasks last: clients show the newest message of a thread beside it. */
export function* meetingPosts(
  meeting: Meeting,
  record: RecordState,
  minutes: MinutesState,
  worth: MinutesState,
  wording: Wording,
): Generator<Post[]> {
  if (meeting.phase !== "ended" || meeting.startedAt === null || minutes.pending) return;
  const inThread: InThread = (key, content, ids) => post(meeting, key, content, ROOT, ids);
  yield [
    post(
      meeting,
      ROOT,
      meetingMessage(meeting, record, minutes, wording),
      null,
      restsOfMeeting(meeting, minutes, wording, record.graph !== null),
    ),
  ];
  yield [
    ...summaryPosts(worth, (about) => about.kind === "person", inThread, wording),
    ...notePosts(minutes, (about) => !("circle" in about), inThread),
  ];
  for (const form of ["decisions", "questions", "tasks"] as const) {
    for (const entry of minutes.made) if (entry.result.form === form) yield* itemPosts(entry, inThread, wording);
  }
}
