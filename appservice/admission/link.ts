import type { Issuer } from "../protocol/actor.ts";
import type { Admission } from "./admission.ts";

export const LINK: Issuer = "link";

/**
 * Personal links: the bot tells one to somebody of Matrix in a room with them alone, so whoever opens it is that person, with the
 * rights that they have there, and no more.
 */
export function linkAdmission(people: Admission): Admission {
  return { ...people, issuer: LINK };
}
