import type { TFunction } from "i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { localeOf } from "../record/day-written.ts";

/** “Sat 28 November, 16:30–17:42” and “72 minutes”; what is not known is left out. */
export function whenItWas(
  t: TFunction,
  { startedAt, endedAt }: Pick<MeetingSnapshot, "startedAt" | "endedAt">,
  language: string,
): string[] {
  const end = endedAt ?? startedAt;
  if (end === null) return [];
  const locale = localeOf(language);
  const day = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "long" }).format(
    startedAt ?? end,
  );
  if (startedAt === null || endedAt === null) return [day];
  const hour = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const minutes = Math.max(1, Math.round((endedAt - startedAt) / 60_000));
  return [`${day}, ${hour.format(startedAt)}–${hour.format(endedAt)}`, t("after.minutes", { count: minutes })];
}
