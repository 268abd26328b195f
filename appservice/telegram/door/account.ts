import type { ParticipantId } from "../../protocol/identity.ts";

/** Telegram's number of somebody who came by the Mini App. */
export function userOf(id: ParticipantId): number {
  return Number(id.slice(id.indexOf(":") + 1));
}
