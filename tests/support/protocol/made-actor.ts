import { type Actor, type Door, homeIssuer } from "../../../appservice/protocol/actor.ts";

/** For tests: somebody who is in the room. */
export function madeActor(
  id: string,
  { name = id, moderates = false, door = "widget" }: { name?: string; moderates?: boolean; door?: Door } = {},
): Actor {
  return { id, issuer: homeIssuer(id), name, door, rights: { admitted: true, moderates } };
}
