import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";

/**
 * Keeps long texts whole. Snapshots by the call and the room's state are shortened; the service's answers hold all of
 * them, and a text known in full stays so.
 */
export function keepFullTexts(meeting: MeetingSnapshot, known: MeetingSnapshot | null): MeetingSnapshot {
  if (known?.id !== meeting.id) return meeting;
  const circles = meeting.circles.map((circle) => {
    const before = known.circles[circle.index];
    if (!before) return circle;
    const full = (who: string, text: string) =>
      before.texts.find((each) => each.who === who && isShortOf(text, each.text))?.text ?? text;
    const fullReason = (who: string, reason: string) =>
      before.stances.find((each) => each.who === who && isShortOf(reason, each.reason))?.reason ?? reason;
    return {
      ...circle,
      texts:
        circle.texts.length > 0 ? circle.texts.map(({ who, text }) => ({ who, text: full(who, text) })) : before.texts,
      stances: circle.stances.map((stance) => ({ ...stance, reason: fullReason(stance.who, stance.reason) })),
    };
  });
  return { ...meeting, circles };
}

/** True when the other holds texts that are cut short in the one we know. */
export function isFuller(meeting: MeetingSnapshot, known: MeetingSnapshot | null): boolean {
  return (
    known !== null &&
    meeting.id === known.id &&
    meeting.version === known.version &&
    lettersOf(meeting) > lettersOf(known)
  );
}

function isShortOf(short: string, text: string): boolean {
  return short.endsWith("…") && short.length < text.length && text.startsWith(short.slice(0, -1));
}

function lettersOf({ circles }: MeetingSnapshot): number {
  return circles.reduce(
    (sum, { texts, stances }) =>
      sum +
      texts.reduce((all, { text }) => all + text.length, 0) +
      stances.reduce((all, { reason }) => all + reason.length, 0),
    0,
  );
}
