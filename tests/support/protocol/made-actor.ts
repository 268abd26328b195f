import { type Actor, type Door, homeIssuer } from "../../../appservice/protocol/actor.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";

/** For tests: somebody who is in the room. */
export function madeActor(
  id: ParticipantId,
  { name = id, moderates = false, door = "widget" }: { name?: string; moderates?: boolean; door?: Door } = {},
): Actor {
  return { id, issuer: homeIssuer(id), name, door, rights: { admitted: true, moderates } };
}
