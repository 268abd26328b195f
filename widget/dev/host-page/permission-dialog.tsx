import { CheckboxInput } from "@vector-im/compound-web";
import type { TFunction } from "i18next";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../src/look/button.tsx";
import type { WidgetPermissions, PermissionQuestion } from "./permissions.ts";

/** Dialog with the question that the widget asks its person, until they answer. */
export function PermissionDialog({ permissions, widgetHost }: { permissions: WidgetPermissions; widgetHost: string }) {
  const { question } = useSyncExternalStore(permissions.subscribe, permissions.get);
  return (
    question && <Asked key={question.about} question={question} permissions={permissions} widgetHost={widgetHost} />
  );
}

function Asked({
  question,
  permissions,
  widgetHost,
}: {
  question: PermissionQuestion;
  permissions: WidgetPermissions;
  widgetHost: string;
}) {
  const { t } = useTranslation();
  const [remember, setRemember] = useState(true);
  const { about } = question;
  return (
    <div className="host-question" data-testid="question" data-about={about}>
      <section className="card" role="dialog" aria-modal="true" aria-labelledby="question">
        <h2 id="question">{t(`hostPage.ask.${about}.title`)}</h2>
        {question.about === "capabilities" ? (
          <ul>
            {question.capabilities.map((capability) => (
              <li key={capability}>{sayCapability(t, capability)}</li>
            ))}
          </ul>
        ) : (
          <p>{t(`hostPage.ask.${question.about}.body`, { host: widgetHost })}</p>
        )}
        <label>
          <CheckboxInput checked={remember} onChange={(event) => setRemember(event.target.checked)} />{" "}
          {t("hostPage.ask.remember")}
        </label>
        <div className="row">
          <Button onClick={() => permissions.answer({ yes: false, remember })} data-testid="question-no">
            {t("hostPage.ask.no")}
          </Button>
          <Button kind="word" onClick={() => permissions.answer({ yes: true, remember })} data-testid="question-yes">
            {t("hostPage.ask.yes")}
          </Button>
        </div>
      </section>
    </div>
  );
}

function sayCapability(t: TFunction<"widget">, capability: string): string {
  if (capability === "m.always_on_screen") return t("hostPage.ask.capability.stayOnScreen");
  if (capability.includes("send.event")) return t("hostPage.ask.capability.confirmSignIn");
  if (capability.includes("receive.state_event")) return t("hostPage.ask.capability.seeMeeting");
  return capability;
}
