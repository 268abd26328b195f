import { useEffect, useState, useSyncExternalStore } from "react";
import type { Decision } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingId } from "@mindminder/protocol/identity.ts";
import { useRecord } from "../../sitting/record.ts";
import type { PastMeetingEntry } from "../../model/record/past-meetings.ts";
import { outcomeOf } from "./outcome.ts";

export type LastDecisions = { readonly meeting: PastMeetingEntry; readonly decisions: readonly Decision[] };

/** Number of earlier meetings searched for the last decision. */
const MOST_MEETINGS = 5;

/** The room's last decisions, from the newest meeting that has any; found but unconfirmed ones do not count. */
export function useLastDecisions(shown: MeetingId | null): LastDecisions | null {
  const { past: known } = useRecord();
  const { meetings } = useSyncExternalStore(known.subscribe, known.get);
  const [last, setLast] = useState<LastDecisions | null>(null);
  const over = meetings.filter(({ id, endedAt }) => id !== shown && endedAt !== null).slice(0, MOST_MEETINGS);
  const ids = over.map(({ id }) => id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: “ids” stands for it: the list is a new one each time
  useEffect(() => {
    let left = false;
    void (async () => {
      for (const meeting of over) {
        const past = await known.peek(meeting.id);
        if (left) return;
        const decisions = past ? outcomeOf(past.record).decisions.filter(({ status }) => status === "confirmed") : [];
        if (decisions.length > 0) return setLast({ meeting, decisions });
      }
    })();
    return () => {
      left = true;
    };
    // The list by its ids: a new array of the same meetings is no other list.
  }, [ids, known]);
  return last;
}
