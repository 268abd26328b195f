import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ScenariosResponse } from "@mindminder/protocol/http-api.ts";
import { Outline } from "./outline.tsx";

type Props = {
  /** The room's usual scenario; it stands first, then the room's own ones. */
  preferred: string;
  scenarios: ScenariosResponse["scenarios"];
  chosen: string;
  topic: string;
  onChoose: (id: string) => void;
};

/** The built-in scenarios and the room's own; the chosen one opens to show its circles. */
export function ScenarioChoice({ preferred, scenarios, chosen, topic, onChoose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const rank = (scenario: Props["scenarios"][number]) => (scenario.id === preferred ? 0 : scenario.own ? 1 : 2);
  return (
    <fieldset className="scenarios">
      <legend>{t("circle.scenario.choose")}</legend>
      {scenarios
        .toSorted((one, other) => rank(one) - rank(other))
        .map((scenario) => {
          const mine = scenario.id === chosen;
          return (
            <div
              key={scenario.id}
              className="scenario"
              data-chosen={mine}
              data-testid="scenario"
              data-scenario={scenario.id}
            >
              <label className="scenario-head">
                <input
                  type="radio"
                  name={id}
                  value={scenario.id}
                  checked={mine}
                  onChange={() => onChoose(scenario.id)}
                  aria-describedby={`${id}-${scenario.id}`}
                />
                <span>
                  <bdi className="scenario-title">{scenario.title}</bdi>
                  <span className="scenario-facts">
                    {t("circle.scenario.circles", { count: scenario.circles })}
                    {scenario.own && <span className="pill">{t("circle.scenario.own")}</span>}
                  </span>
                  <span className="scenario-about" id={`${id}-${scenario.id}`} dir="auto">
                    {scenario.about}
                  </span>
                </span>
              </label>
              {mine && <Outline circles={scenario.outline} topic={topic} />}
            </div>
          );
        })}
    </fieldset>
  );
}
