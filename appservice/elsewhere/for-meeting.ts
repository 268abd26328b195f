import type { PastMeetingResponse } from "../protocol/http-api.ts";
import type { For } from "./elsewhere.ts";

/** What is made of a meeting as everybody sees it is the same until the meeting or its record changes; of a part of it, each asker has their own. */
export function forMeeting(
  { meeting, record, whole }: PastMeetingResponse & { readonly whole: boolean },
  what: string,
): For {
  const { id, roomId: room, version } = meeting;
  return whole ? { room, key: `${what} ${id} ${version} ${record.version}` } : { room };
}
