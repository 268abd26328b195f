import { hostsBesideAssembly } from "../assembly/rights.ts";
import { spanOf } from "../circle/meeting.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { MeetingResponse } from "../protocol/http-api.ts";
import { type CirclePlace, ringAt } from "../protocol/place.ts";
import { recordVersion } from "../record/view.ts";
import { hasAssembly } from "./assembly-api.ts";
import { maySee, snapshotShownTo, type Visitor } from "./visitor.ts";

export type MeetingResponseDeps = {
  readonly meetings: Meetings;
  readonly assemblies: Pick<Assemblies, "of">;
  readonly now: () => number;
  readonly listening: (place: CirclePlace) => MeetingResponse["listening"];
};

/** The room's meeting as this person may see it. */
export function meetingFor(
  asking: Visitor,
  { meetings, assemblies, now, listening: listeningIn }: MeetingResponseDeps,
): MeetingResponse {
  const live = meetings.of(asking.place);
  const listening = listeningIn(asking.place);
  const { room, actor } = asking;
  const ring = ringAt(asking.place);
  const hosts = hostsBesideAssembly(assemblies.of(room), meetings.of(room)?.meeting ?? null, actor);
  const beside = {
    serverTime: now(),
    ...(ring === null ? {} : { ring }),
    ...(listening ? { listening } : {}),
    ...(hasAssembly(asking, assemblies, now()) ? { assembly: true as const } : {}),
    ...(hosts === null ? {} : { hosts }),
  };
  if (!live || !maySee(asking, spanOf(live.meeting))) return { ...beside, meeting: null, record: 0 };
  return { ...beside, meeting: snapshotShownTo(asking, live, now()), record: recordVersion(live) };
}
