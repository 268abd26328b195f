import { ToggleInput } from "@vector-im/compound-web";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../sitting/record.ts";

/** One's own word on whether the sound of one's turns is kept; not there where the service keeps none. */
export function KeepSetting() {
  const { t } = useTranslation();
  const { sounds } = useRecord();
  const { mine } = useSyncExternalStore(sounds.subscribe, sounds.get);
  useEffect(() => void sounds.askMine(), [sounds]);
  if (!mine || mine.days === 0) return null;
  return (
    <section>
      <h3>{t("sound.title")}</h3>
      <label className="setting">
        <span>
          {t("sound.keep", { count: mine.days })}
          <small>{t("sound.keepHint")}</small>
        </span>
        <ToggleInput
          checked={mine.kept}
          data-testid="keep-audio"
          onChange={(event) => void sounds.keepMine(event.target.checked)}
        />
      </label>
    </section>
  );
}
