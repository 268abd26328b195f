import type { Journal } from "../../../appservice/journal/journal.ts";
import { Meetings } from "../../../appservice/journal/meetings.ts";
import type { Shown } from "../../../appservice/protocol/agreement.ts";

/** Meetings of a journal in which people are asked this; one that cannot be read is a fault of the test. */
export function openedMeetings(journal: Journal, asks: Shown, now: () => number): Meetings {
  return new Meetings({
    journal,
    now,
    languageOf: () => "en",
    asksIn: () => asks,
    onUnreadable: (_, error) => {
      throw error;
    },
  });
}
