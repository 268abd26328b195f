import type { PastMeetingResponse } from "../protocol/http-api.ts";
import type { For } from "./elsewhere.ts";

/**
 * Key of a result made of a meeting. As everybody sees it, it is the same until the meeting or its record changes; a
 * part of it is each asker's own and has no key.
 */
export function forMeeting(
  { meeting, record, whole }: PastMeetingResponse & { readonly whole: boolean },
  what: string,
): For {
  const { id, roomId: room, version } = meeting;
  return whole ? { room, key: `${what} ${id} ${version} ${record.version}` } : { room };
}
