import type { Meeting } from "../../circle/meeting.ts";
import type { PostKey } from "../../journal/post-key.ts";
import type { Wording } from "../wording.ts";
import { notice, type RoomContent } from "./message.ts";

const SHOWN = 3;

/** Messages on the scribe's going and coming back, each by whom; of many absences the first few and the last. */
export function scribeAwayMessages(
  { scribeAbsences }: Meeting,
  { t, nameOf }: Wording,
): { readonly key: PostKey; readonly content: RoomContent }[] {
  const all = scribeAbsences.map((absence, index) => ({ ...absence, index }));
  return [...all.slice(0, SHOWN), ...all.slice(SHOWN).slice(-1)].flatMap(({ by, backBy, index }) => [
    {
      key: { kind: "scribe-away" as const, absence: index },
      content: notice([t("scribe.away", { name: nameOf(by) })]),
    },
    ...(backBy === null
      ? []
      : [
          {
            key: { kind: "scribe-back" as const, absence: index },
            content: notice([t("scribe.back", { name: nameOf(backBy) })]),
          },
        ]),
  ]);
}
