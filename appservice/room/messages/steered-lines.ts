import type { ParticipantId } from "../../protocol/identity.ts";
import { type Meeting, startOf } from "../../circle/meeting.ts";
import type { EndedCircle } from "../../circle/circle.ts";
import type { Wording } from "../wording.ts";
import type { Line } from "./message.ts";

/** Changes that the keeper made in a circle on the way, for those who read it later. */
export function steeredLines(
  meeting: Meeting,
  { step, theme, takenOut = [], cutShort }: EndedCircle,
  { t, nameOf }: Wording,
): Line[] {
  const people = (ids: readonly ParticipantId[]) => ids.map(nameOf).join(", ");
  const before = startOf(meeting)?.plan?.circles[step]?.theme;
  const lines: Line[] = [];
  if (theme !== undefined && before) lines.push({ small: t("circle.theme-changed", { before }) });
  if (takenOut.length > 0) lines.push({ small: t("circle.taken-out", { people: people([...new Set(takenOut)]) }) });
  if (cutShort)
    lines.push({
      small:
        cutShort.unheard.length > 0
          ? t("circle.cut-short-unheard", { people: people(cutShort.unheard) })
          : t("circle.cut-short"),
    });
  return lines;
}

/** The same for machines; empty where nothing was changed. */
export function steeredData({ theme, takenOut, cutShort }: EndedCircle) {
  return {
    ...(theme === undefined ? {} : { themeChanged: true }),
    ...(takenOut ? { takenOut: [...takenOut] } : {}),
    ...(cutShort ? { cutShort: { by: cutShort.by, unheard: [...cutShort.unheard] } } : {}),
  };
}
