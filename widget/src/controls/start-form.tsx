import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useMeetingState } from "../sitting/sitting.ts";
import { Button } from "./button.tsx";
import { useWish } from "./use-wish.ts";

/** The one scenario there is so far, with what the meeting is to be about. */
export function StartForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { meeting } = useMeetingState();
  const [topic, setTopic] = useState(meeting?.phase === "gathering" ? meeting.topic : "");
  const { busy, wish } = useWish();
  const field = useId();

  const start = async (event: FormEvent) => {
    event.preventDefault();
    const about = topic.trim();
    if (await wish({ type: "start", scenario: "council", ...(about && { topic: about }) })) onDone();
  };
  return (
    <form className="card start-form" onSubmit={(event) => void start(event)} aria-label={t("start.title")}>
      <h2>{t("start.title")}</h2>
      <div className="scenario">
        <strong>{t("start.council")}</strong>
        <p>{t("start.councilAbout")}</p>
      </div>
      <label htmlFor={field}>{t("start.topic")}</label>
      <input id={field} className="field" value={topic} maxLength={300} placeholder={t("start.topicPlaceholder")} onChange={(event) => setTopic(event.target.value)} data-testid="topic" autoFocus />
      <div className="row">
        <Button onClick={onDone}>{t("act.cancel")}</Button>
        <Button kind="word" icon="resume" type="submit" disabled={busy} data-testid="start-now">{t("act.startNow")}</Button>
      </div>
    </form>
  );
}
