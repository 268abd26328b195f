import { useEffect, useState } from "react";
import type { Shown } from "@mindminder/protocol/agreement.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { rightsOf } from "../../model/meeting/rights.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";

/** The question of a running meeting and a person's answer; null: no meeting runs, or it asks nobody. */
export type AgreementAsked = { readonly shown: Shown; readonly agreed: boolean | null };

export function askedOf(meeting: MeetingSnapshot | null, who: ParticipantId): AgreementAsked | null {
  if (!meeting?.asks || meeting.phase === "ended") return null;
  return { shown: meeting.asks, agreed: meeting.people.find(({ id }) => id === who)?.agreed ?? null };
}

/** True for a person who was asked and has not agreed: nothing of theirs is written down. */
export function isUnwritten(meeting: MeetingSnapshot | null, who: ParticipantId): boolean {
  const asked = askedOf(meeting, who);
  return asked !== null && asked.agreed !== true;
}

const AGAIN_MS = 3_000;

/**
 * The question asked of me, also without a seat and before the meeting begins; undefined until the service has said.
 */
export function useAsked(): AgreementAsked | null | undefined {
  const { me, agreement } = useMeeting();
  const meeting = useMeetingSnapshot();
  const sits = meeting !== null && meeting.phase !== "ended" && rightsOf(meeting, me).takesPart;
  const [asked, setAsked] = useState<AgreementAsked | null | undefined>(undefined);
  const version = meeting?.version;
  useEffect(() => {
    if (sits) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = (): Promise<void> =>
      agreement().then(
        ({ shown, agreed }) => {
          if (!over) setAsked(shown && { shown, agreed });
        },
        () => {
          if (!over) timer = setTimeout(() => void ask(), AGAIN_MS);
        },
      );
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [agreement, sits, version]);
  return sits ? askedOf(meeting, me.id) : asked;
}
