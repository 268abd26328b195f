import { evennessPercent } from "../../circle/talk-time.ts";
import { clockTime } from "../../language/translate.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { Wording } from "../record-posts.ts";
import type { Line } from "./message.ts";

type Times = ReadonlyMap<ParticipantId, number>;

/** How long each had the word, and how evenly that was shared by those who might have spoken. */
export function talkTimeLines(times: Times, key: "circle.talk-time" | "meeting.talk-time", { t, nameOf }: Wording): Line[] {
  const spoke = [...times].filter(([, ms]) => ms > 0);
  if (spoke.length === 0) return [];
  const lines: Line[] = [{ small: t(key, { times: [...times].map(([id, ms]) => `${nameOf(id)} ${clockTime(ms)}`).join(", ") }) }];
  const percent = evennessPercent([...times.values()]);
  if (percent !== null) lines.push({ small: t("circle.evenness", { percent }) });
  return lines;
}
