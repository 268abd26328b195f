import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MyAccountResponse } from "@mindminder/protocol/account.ts";
import { isGuest } from "@mindminder/protocol/identity.ts";
import { Button } from "../../look/button.tsx";
import { useMeeting } from "../../sitting/meeting.ts";
import { useRecord } from "../../sitting/record.ts";

/** Own statement of the ledger, a quarter at a time; the service says it in words. */
export function AccountSetting() {
  const { t } = useTranslation();
  const { purposes: client } = useRecord();
  const { me } = useMeeting();
  const [account, setAccount] = useState<MyAccountResponse | null>(null);
  const [busy, setBusy] = useState(false);
  const show = (quarter: MyAccountResponse["quarter"] | "now") => {
    setBusy(true);
    void client
      .myAccount({ quarter })
      .then(setAccount)
      .catch(() => undefined)
      .finally(() => setBusy(false));
  };
  // A guest is of one meeting, and has no account in the room.
  if (isGuest(me.id)) return null;
  return (
    <section>
      <h3>{t("sound.account")}</h3>
      <p className="small">{t("sound.accountNote")}</p>
      {account && (
        <div aria-live="polite" data-testid="account">
          <h4>{account.quarter}</h4>
          <ul>
            {account.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <Button disabled={busy} data-testid="account-show" onClick={() => show(account?.before ?? "now")}>
        {t(account ? "sound.accountEarlier" : "sound.accountShow")}
      </Button>
    </section>
  );
}
