import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EraseResponse } from "@mindminder/protocol/own-data.ts";
import { Button } from "../../look/button.tsx";
import { useRecord } from "../../sitting/record.ts";

/** Erases one's own words, once the service has said what that means and one is sure. */
export function EraseMyWords() {
  const { t } = useTranslation();
  const { purposes: client } = useRecord();
  const [said, setSaid] = useState<EraseResponse | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = (sure: boolean) => {
    setBusy(true);
    void client
      .eraseMyWords({ sure })
      .then(setSaid)
      .catch(() => undefined)
      .finally(() => setBusy(false));
  };
  const isAsked = said !== null && !said.begun;
  return (
    <>
      {said === null && (
        <Button data-testid="erase-my-words" disabled={busy} onClick={() => ask(false)}>
          {t("sound.erase")}
        </Button>
      )}
      <p role="status">{said?.text}</p>
      {isAsked && (
        <Button data-testid="erase-for-good" disabled={busy} onClick={() => ask(true)}>
          {t("sound.erasing")}
        </Button>
      )}
      {isAsked && (
        <Button data-testid="keep-my-words" disabled={busy} onClick={() => setSaid(null)}>
          {t("act.cancel")}
        </Button>
      )}
    </>
  );
}
