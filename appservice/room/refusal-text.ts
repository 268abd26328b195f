import type { Translate } from "../language/translate.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";

/** Details of a refusal that are people. */
const PEOPLE: ReadonlySet<string> = new Set(["speaker", "next"]);

/** A refusal as a sentence, with people by their names. */
export function refusalText({ code, detail }: Refusal, t: Translate, nameOf: (id: ParticipantId) => string): string {
  const named = Object.entries(detail).map(([key, value]) => [
    key,
    PEOPLE.has(key) ? nameOf(value as ParticipantId) : value,
  ]);
  return t(`refusal.${code}`, Object.fromEntries(named));
}
