import { ToggleInput } from "@vector-im/compound-web";
import { useTranslation } from "react-i18next";
import { usePurposes } from "./use-purposes.ts";

/** Uses of one's words and sound in this room, each a sentence with a switch of its own. */
export function PurposesSetting() {
  const { t } = useTranslation();
  const { purposes, busy, answer } = usePurposes();
  const shown = purposes?.filter(({ offered, given }) => offered || given === true) ?? [];
  if (shown.length === 0) return null;
  return (
    <section>
      <h3>{t("sound.title")}</h3>
      {shown.map((each) => (
        <label key={each.purpose} className="setting">
          <span>{each.text}</span>
          <ToggleInput
            checked={each.given === true}
            disabled={busy}
            data-testid={`purpose-${each.purpose}`}
            onChange={(event) => answer(each, event.target.checked)}
          />
        </label>
      ))}
    </section>
  );
}
