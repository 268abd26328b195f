import { useTranslation } from "react-i18next";
import type { AssemblyMap } from "@mindminder/protocol/assembly-map.ts";
import { clockTime } from "../../language/duration.ts";
import { languageNamed } from "../../language/i18n.ts";
import { useServerTime } from "../../sitting/meeting.ts";

/** Seconds before the end of a part at which everybody is warned, the last first. */
const WARNINGS = [10, 60] as const;

/** The part that runs, and the time that all groups have for it. */
export function PhaseLine({ map: { phase } }: { map: AssemblyMap }) {
  const { t, i18n } = useTranslation("assembly");
  const now = useServerTime(500);
  const { number, of, kind, titles, endsAt, closing } = phase;
  const title = titles?.[languageNamed(i18n.language)] ?? phase.title;
  const warned = closing ? undefined : WARNINGS.find((seconds) => endsAt - now <= seconds * 1000);
  return (
    <>
      <span className="assembly-part">{t("part", { n: number, m: of })}</span>
      <span className="assembly-title">
        {t(`kind.${kind}`)}
        {title !== "" && (
          <>
            : <bdi>{title}</bdi>
          </>
        )}
      </span>
      <span
        className="assembly-clock"
        role="timer"
        data-warned={warned ?? (closing ? 0 : undefined)}
        aria-label={t("ring.timeLeft", { ns: "widget" })}
      >
        {closing ? t("ending") : clockTime(endsAt - now)}
      </span>
      {/* Said once each, to those who do not look. */}
      <span className="unseen" role="status">
        {closing ? t("ending") : warned === undefined ? "" : t("timeLeft", { count: warned })}
      </span>
    </>
  );
}
