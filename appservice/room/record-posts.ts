import { circlesThatRan, type Meeting, startOf } from "../circle/meeting.ts";
import type { CarriedTask } from "../journal/carried-tasks.ts";
import type { Post } from "../journal/post.ts";
import type { RecordState } from "../record/state.ts";
import { circleKey } from "../journal/post-key.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { isWorthReading } from "../protocol/summary-shown.ts";
import { carriedMessages } from "./messages/carried-message.ts";
import { outageMessages } from "./messages/outage-messages.ts";
import { scribeAwayMessages } from "./messages/scribe-away-messages.ts";
import { circlePosts } from "./posts/circle-posts.ts";
import { meetingPosts } from "./posts/meeting-posts.ts";
import { agreementPosts, latePosts, outOfTurnPosts, takenUpPosts, withheldPosts } from "./posts/notice-posts.ts";
import { post } from "./posts/post.ts";
import type { MinutesState, Wording } from "./wording.ts";

/**
 * Posts that should stand in the room of this meeting, in order: one root for each circle with its turns in the thread,
 * then one root for the meeting with its decisions, questions and tasks. Pure; they are compared elsewhere with those
 * that stand already, and posts that an earlier version wanted and this one does not are left as they are.
 */
export function recordPosts(
  meeting: Meeting,
  record: RecordState,
  minutes: MinutesState,
  wording: Wording,
  carried: readonly CarriedTask[] = [],
): Post[] {
  return [...recordPostsByParts(meeting, record, minutes, wording, carried)].flat();
}

/** The same in parts, each of which is quickly made: of a meeting of hours all of it takes a tenth of a second. */
export function* recordPostsByParts(
  meeting: Meeting,
  record: RecordState,
  minutes: MinutesState,
  wording: Wording,
  carried: readonly CarriedTask[] = [],
): Generator<Post[]> {
  // The meeting was over when the journal heard of it again: everything there is to be said stands in the room.
  if (meeting.takenUp?.over) return;
  const circles = startOf(meeting)?.plan
    ? circlesThatRan(meeting).filter(({ index }) => !meeting.takenUp?.elsewhere.includes(index))
    : [];
  const first = circles[0]?.index;
  const made: MinutesEntry[] = [];
  for (const entry of minutes.made) {
    if (isWorthReading(entry, record)) made.push(entry);
    yield [];
  }
  const worth = { ...minutes, made };
  for (const circle of circles) yield* circlePosts(meeting, record, minutes, worth, circle, wording);
  yield [
    ...(first === undefined
      ? []
      : carriedMessages(carried, wording).map(({ key, content, from }) =>
          post(meeting, key, content, circleKey(first), from?.ids, from?.meeting),
        )),
    ...agreementPosts(meeting, wording),
    ...takenUpPosts(meeting, wording),
    ...latePosts(meeting, record, wording),
    ...scribeAwayMessages(meeting, wording).map(({ key, content }) => post(meeting, key, content, null)),
    ...outageMessages(meeting, wording).map(({ key, content }) => post(meeting, key, content, null)),
    ...outOfTurnPosts(meeting, record, wording),
    ...withheldPosts(meeting, record, wording),
  ];
  yield* meetingPosts(meeting, record, minutes, worth, wording);
}
