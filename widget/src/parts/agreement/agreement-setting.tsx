import { ToggleInput } from "@vector-im/compound-web";
import { useTranslation } from "react-i18next";
import { useWish } from "../../sitting/use-wish.ts";
import { useMeetingSnapshot } from "../../sitting/meeting.ts";
import { useAsked } from "./use-agreement.ts";
import { ShownWords } from "./shown-words.tsx";

/** A change of mind, at any time; not there where nobody is asked. */
export function AgreementSetting() {
  const { t } = useTranslation();
  const meeting = useMeetingSnapshot();
  const { busy, wish } = useWish();
  const asked = useAsked();
  if (!asked || meeting === null || meeting.phase === "ended") return null;
  return (
    <section>
      <h3>{t("agreement.section")}</h3>
      <label className="setting">
        <span>{t("agreement.setting")}</span>
        <ToggleInput
          checked={asked.agreed === true}
          disabled={busy}
          data-testid="set-agreement"
          onChange={(event) => void wish({ type: "agree", agreed: event.target.checked, shown: asked.shown })}
        />
      </label>
      <ShownWords shown={asked.shown} />
    </section>
  );
}
