import { ToggleInput } from "@vector-im/compound-web";
import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { useRecord } from "../../sitting/record.ts";
import { EraseMyWords } from "./erase-my-words.tsx";
import { usePurposes } from "./use-purposes.ts";

/** Uses of one's words and sound in this room, each a sentence with a switch of its own. */
export function PurposesSetting() {
  const { t } = useTranslation();
  const { purposes, busy, answer } = usePurposes();
  const { purposes: client } = useRecord();
  const shown = purposes?.filter(({ offered, given }) => offered || given === true) ?? [];
  // The archive is made while it is fetched, so the browser itself fetches it.
  const fetchMyData = () =>
    client
      .myData()
      .then(({ url }) => window.open(url, "_blank", "noopener"))
      .catch(() => undefined);
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
      <Button data-testid="my-data" onClick={() => void fetchMyData()}>
        {t("sound.myData")}
      </Button>
      <EraseMyWords />
    </section>
  );
}
