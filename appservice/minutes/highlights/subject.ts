import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";

/** Subject of a circle, in the words of its topic and its theme. */
export function subjectOf(meeting: MeetingSnapshot, circle: number): string {
  return `${meeting.topic} ${meeting.circles.find((each) => each.index === circle)?.theme ?? ""}`;
}
