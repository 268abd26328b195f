import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../preferences/preferences.ts";
import { nameOf } from "../ring/seats.ts";
import { useCallState, useMeetingState, useSitting } from "../sitting/sitting.ts";
import "./captions.css";

/**
 * What the speaker is saying, below the ring, for all who are in the call. It is no live region: whoever has the page read to
 * them hears the speaker, and would hear every caption twice over.
 */
export function Captions() {
  const { t } = useTranslation();
  const { captions } = useSitting();
  const { meeting } = useMeetingState();
  const { status } = useCallState();
  const { captions: wanted } = usePreferences();
  const { speaker, said } = useSyncExternalStore(captions.subscribe, captions.get);
  const running = meeting?.phase === "circle" || meeting?.phase === "between";
  if (!wanted || !running || status !== "in") return null;
  const shown = said.filter(({ text }) => text !== "");
  return (
    <section className="captions" aria-label={t("captions.label")} aria-live="off" data-silent={shown.length === 0} data-testid="captions">
      <p className="captions-text" dir="auto">
        <span>
          {shown.length > 0 && speaker && <strong className="captions-name"><bdi>{nameOf(meeting, speaker)}</bdi> </strong>}
          {shown.map(({ segment, text, final }) => <span key={segment} data-final={final} data-testid="caption">{text} </span>)}
        </span>
      </p>
    </section>
  );
}
