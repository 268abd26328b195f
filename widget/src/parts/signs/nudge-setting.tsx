import { ToggleInput } from "@vector-im/compound-web";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { endNudges, haveNudges, type NudgeClient, nudgesCanBeHad } from "../../model/nudges/nudges.ts";

/** Setting of the notification that comes by the browser itself, also while the page is put away. */
export function NudgeSetting({ client }: { client: NudgeClient }) {
  const { t } = useTranslation();
  const [on, setOn] = useState<boolean | null>(null);
  const [state, setState] = useState<"rests" | "busy" | "refused">("rests");
  useEffect(() => {
    if (!nudgesCanBeHad()) return;
    void client.nudges().then(
      ({ key, on: told }) => key !== null && setOn(told),
      () => undefined,
    );
  }, [client]);
  if (on === null) return null;
  const wish = async (wanted: boolean) => {
    setState("busy");
    const done = await (wanted ? haveNudges(client) : endNudges(client).then(() => true)).catch(() => false);
    if (done) setOn(wanted);
    setState(done ? "rests" : "refused");
  };
  return (
    <label className="setting">
      <span>
        {t("signs.nudges")}
        <small>{t(state === "refused" ? "signs.nudgesRefused" : "signs.nudgesHint")}</small>
      </span>
      <ToggleInput
        checked={on}
        disabled={state === "busy"}
        data-testid="set-nudges"
        onChange={(event) => void wish(event.target.checked)}
      />
    </label>
  );
}
