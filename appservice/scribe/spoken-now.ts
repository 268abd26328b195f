import type { MeetingId } from "../protocol/identity.ts";
import type { FromScribe } from "../protocol/scribe-messages.ts";

/** Texts of the captions that stand in a call, or stood there a moment ago: no record has them yet. */
export type SpokenNow = {
  readonly hear: (message: FromScribe) => void;
  readonly of: (meeting: MeetingId) => readonly string[];
};

/** Time in which somebody who has read a caption can still ask for it in another language. */
const FOR_MS = 30_000;
/** Captions of one meeting: one comes a second or so. */
const AT_MOST = 40;

export function spokenNow(now: () => number): SpokenNow {
  const captions = new Map<MeetingId, { readonly text: string; readonly at: number }[]>();
  const fresh = (meeting: MeetingId) => (captions.get(meeting) ?? []).filter(({ at }) => now() - at < FOR_MS);
  return {
    hear(message) {
      if (message.type !== "partial" && message.type !== "final") return;
      const text = message.text.trim();
      for (const meeting of captions.keys()) if (fresh(meeting).length === 0) captions.delete(meeting);
      if (text !== "") captions.set(message.meeting, [...fresh(message.meeting), { text, at: now() }].slice(-AT_MOST));
    },
    of: (meeting) => fresh(meeting).map(({ text }) => text),
  };
}
