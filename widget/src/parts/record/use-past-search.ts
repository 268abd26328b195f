import { useEffect, useState, useSyncExternalStore } from "react";
import type { MeetingId } from "@mindminder/protocol/identity.ts";
import { useRecord } from "../../sitting/record.ts";
import type { PastMeetingEntry } from "../../model/record/past-meetings.ts";
import { type Hit, hitsIn } from "./search.ts";

export type FoundMeeting = { readonly meeting: PastMeetingEntry; readonly hits: readonly Hit[] };

/** Each is fetched whole, one after the other: so many of a room that has met often, the newest first. */
const MOST_MEETINGS = 40;

/** Looks through the room's other meetings once somebody asks for it, and again whenever they seek another word. */
export function usePastSearch(query: string, shown: MeetingId | null) {
  const { past: known } = useRecord();
  const { meetings } = useSyncExternalStore(known.subscribe, known.get);
  const [asked, setAsked] = useState(false);
  const [state, setState] = useState<"idle" | "searching" | "done">("idle");
  const [found, setFound] = useState<readonly FoundMeeting[]>([]);
  const others = meetings.filter(({ id }) => id !== shown).slice(0, MOST_MEETINGS);
  const ids = others.map(({ id }) => id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: “ids” stands for it: the list is a new one each time
  useEffect(() => {
    if (!asked) return;
    let over = false;
    setState("searching");
    setFound([]);
    void (async () => {
      for (const meeting of others) {
        const past = await known.peek(meeting.id);
        if (over) return;
        const hits = past ? hitsIn(past.record, query) : [];
        if (hits.length > 0) setFound((before) => [...before, { meeting, hits }]);
      }
      setState("done");
    })();
    return () => {
      over = true;
    };
    // The list by its ids: a new array of the same meetings is no other search.
  }, [asked, query, ids, known]);
  return {
    known: others.length > 0,
    state: asked ? state : ("idle" as const),
    found,
    begin: () => setAsked(true),
    open: known.open,
  };
}
