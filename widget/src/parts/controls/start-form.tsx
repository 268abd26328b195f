import { lazy, Suspense, useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { ScenarioChoice } from "../circle/scenario-choice.tsx";
import { useScenarios } from "../circle/use-scenarios.ts";
import { useMeetingSnapshot } from "../../sitting/meeting.ts";
import { Button } from "../../look/button.tsx";
import { useWish } from "../../sitting/use-wish.ts";

const OpenAssembly = lazy(async () => ({ default: (await import("../assembly/open-assembly.tsx")).OpenAssembly }));

/** Asks for the topic of the meeting and the scenario that it follows. */
export function StartForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const meeting = useMeetingSnapshot();
  const [topic, setTopic] = useState(meeting?.phase === "gathering" ? meeting.topic : "");
  const known = useScenarios();
  const [chosen, setChosen] = useState<string | null>(null);
  const { busy, wish } = useWish();
  const field = useId();

  const about = topic.trim();
  const start = async (event: FormEvent) => {
    event.preventDefault();
    // Without a name the service takes what this room usually takes.
    const scenario = chosen ?? (known.state === "there" ? known.preferred : null);
    if (await wish({ type: "start", ...(scenario && { scenario }), ...(about && { topic: about }) })) onDone();
  };
  return (
    <form className="card start-form" onSubmit={(event) => void start(event)} aria-label={t("start.title")}>
      <h2>{t("start.title")}</h2>
      <label htmlFor={field}>{t("start.topic")}</label>
      <input
        id={field}
        className="field"
        value={topic}
        maxLength={300}
        placeholder={t("start.topicPlaceholder")}
        onChange={(event) => setTopic(event.target.value)}
        data-testid="topic"
        autoFocus
      />
      {known.state === "loading" && <p className="no-scenarios quiet small">{t("circle.scenario.loading")}</p>}
      {known.state === "failed" && (
        <p className="no-scenarios quiet small" role="alert">
          {t("circle.scenario.failed")}
        </p>
      )}
      {known.state === "there" && (
        <ScenarioChoice
          preferred={known.preferred}
          scenarios={known.scenarios}
          chosen={chosen ?? known.preferred}
          topic={about}
          onChoose={setChosen}
        />
      )}
      {known.state === "there" && known.lack && (
        <p className="quiet small" role="status">
          {known.lack}
        </p>
      )}
      <Suspense fallback={null}>
        <OpenAssembly onOpened={onDone} />
      </Suspense>
      <div className="row start-foot">
        <Button onClick={onDone}>{t("act.cancel")}</Button>
        <Button
          kind="word"
          icon="resume"
          type="submit"
          disabled={busy || known.state === "loading"}
          data-testid="start-now"
        >
          {t("act.startNow")}
        </Button>
      </div>
    </form>
  );
}
