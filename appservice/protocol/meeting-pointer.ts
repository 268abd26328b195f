import { z } from "zod";
import { MeetingSnapshot } from "./meeting-snapshot.ts";

/**
 * The meeting's state event in an encrypted room. Room state is never encrypted, so it says which meeting there is and
 * how far it is; everything else comes over the HTTP API and the call's metadata.
 */
export const MeetingPointer = MeetingSnapshot.pick({
  format: true,
  id: true,
  roomId: true,
  version: true,
  phase: true,
}).extend({ encrypted: z.literal(true) });
export type MeetingPointer = z.infer<typeof MeetingPointer>;

export function pointerTo({ format, id, roomId, version, phase }: MeetingSnapshot): MeetingPointer {
  return { format, id, roomId, version, phase, encrypted: true };
}
