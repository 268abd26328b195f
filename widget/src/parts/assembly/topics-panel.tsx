import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type AssemblyCommandRequest, type AssemblyMap, MOST_TOLD } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";
import { useMeeting } from "../../sitting/meeting.ts";
import { useWords } from "./use-words.ts";

type Props = {
  topics: NonNullable<AssemblyMap["topics"]>;
  ask: (command: AssemblyCommandRequest) => Promise<boolean>;
};

/** Topics that people propose, and the one that each chooses to talk about. */
export function TopicsPanel({ topics, ask }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const { text, setText, sending, submit } = useWords((words) => ask({ type: "propose-topic", text: words }));
  const name = useId();
  const mine = topics.find(({ chosen }) => chosen.includes(me.id))?.id;
  return (
    <div className="topics-panel" data-testid="topics">
      <p className="quiet">{t("topics")}</p>
      <fieldset className="scenarios">
        <legend>{t("chooseTopic")}</legend>
        {topics.map(({ id, text: topic, chosen }) => (
          <div className="scenario" key={id} data-chosen={id === mine}>
            <label className="scenario-head">
              <input
                type="radio"
                name={name}
                value={id}
                checked={id === mine}
                data-testid={`topic-${id}`}
                onChange={() => void ask({ type: "choose-topic", topic: id })}
              />
              <span>
                <bdi className="scenario-title">{topic}</bdi>
                <span className="scenario-facts">{t("people", { count: chosen.length })}</span>
              </span>
            </label>
          </div>
        ))}
      </fieldset>
      <form className="tell-all" onSubmit={submit}>
        <input
          aria-label={t("proposeTopic")}
          placeholder={t("proposeTopic")}
          maxLength={MOST_TOLD}
          value={text}
          readOnly={sending}
          data-testid="topic-text"
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" disabled={sending} data-testid="propose-topic">
          {t("propose")}
        </Button>
      </form>
    </div>
  );
}
