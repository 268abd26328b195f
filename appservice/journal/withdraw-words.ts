import { mayBeWritten } from "../circle/agreement.ts";
import { insider } from "../protocol/actor.ts";
import type { Withdrawal } from "../store/withdrawals.ts";
import { placeOf } from "./live-meeting.ts";
import type { Meetings } from "./meetings.ts";

/**
 * Applies withdrawals to meetings of an older database: words of people who have withdrawn since are not to be
 * written.
 */
export function withdrawWords(
  meetings: Pick<Meetings, "all" | "isNewest" | "send">,
  withdrawals: readonly Withdrawal[],
  now: () => number,
): void {
  for (const each of withdrawals) {
    if (each.what !== "words") continue;
    const live = meetings.all().find(({ meeting }) => meeting.id === each.meeting);
    const agreement = live?.meeting.agreement;
    if (!live || !agreement || !meetings.isNewest(live) || !mayBeWritten(live.meeting, each.who)) continue;
    const since = agreement.answers.find(({ who }) => who === each.who)?.at ?? 0;
    if (since <= each.at)
      meetings.send(placeOf(live), {
        type: "agree",
        agreed: false,
        shown: agreement.asks,
        actor: insider(each.who, each.who, "service"),
        expectedVersion: null,
        at: now(),
      });
  }
}
