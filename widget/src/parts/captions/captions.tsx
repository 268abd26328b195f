import { lazy, Suspense, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../../sitting/use-preferences.ts";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeetingSnapshot } from "../../sitting/meeting.ts";
import { useCall, useCallPart } from "../../sitting/call.ts";
import "./captions.css";

const CaptionTranslation = lazy(() => import("./caption-translation.tsx"));

/**
 * Captions of the speaker, below the ring, for all in the call. They are no live region: a person who has the page read
 * to them hears the speaker, and would hear every caption twice. People who read by touch or hear nothing may ask for
 * one: then each piece is told once, when it is final.
 */
export function Captions() {
  const { t } = useTranslation();
  const { captions } = useCall();
  const meeting = useMeetingSnapshot();
  const status = useCallPart((state) => state.status);
  const { captions: wanted, captionsAloud, translateTo } = usePreferences();
  const { speaker, name, said } = useSyncExternalStore(captions.subscribe, captions.get);
  // Between circles the place belongs to the hands; what was said last stands in the record.
  const spoken = meeting !== null && meeting.turn !== null;
  if (!(wanted || captionsAloud) || !spoken || status !== "in") return null;
  const shown = said.filter(({ text }) => text !== "");
  return (
    <section
      className="captions"
      aria-label={t("captions.label")}
      aria-live={captionsAloud ? "polite" : "off"}
      aria-relevant="additions"
      data-silent={shown.length === 0}
      data-testid="captions"
    >
      <p className="captions-text" dir="auto">
        <span>
          {shown.length > 0 && speaker && (
            <strong className="captions-name">
              <bdi>{nameOf(meeting, speaker, name)}</bdi>{" "}
            </strong>
          )}
          {shown.map(({ segment, text, final }) => (
            <span
              key={final ? segment : `${segment}:growing`}
              data-final={final}
              aria-hidden={captionsAloud && !final}
              data-testid="caption"
            >
              {text}{" "}
            </span>
          ))}
        </span>
      </p>
      {translateTo && (
        <Suspense>
          <CaptionTranslation to={translateTo} />
        </Suspense>
      )}
    </section>
  );
}
