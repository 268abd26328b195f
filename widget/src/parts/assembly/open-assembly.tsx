import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { noticeOf } from "../../model/meeting/send-command.ts";
import { useMeeting } from "../../sitting/meeting.ts";

/** The way to many circles at once, for more people than one holds. */
export function OpenAssembly({ onOpened }: { onOpened: () => void }) {
  const { t } = useTranslation("assembly");
  const { assembly, notices, store } = useMeeting();
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    try {
      const client = await assembly();
      await client.assemblyCommand({ type: "open" });
      await client.assemblyCommand({ type: "join" });
      store.set({ assembly: true });
      onOpened();
    } catch (failure) {
      notices.show(noticeOf(failure));
      setBusy(false);
    }
  };
  return (
    <p className="open-assembly quiet small">
      {t("tooMany")}{" "}
      <Button disabled={busy} data-testid="open-assembly" onClick={() => void open()}>
        {t("openIt")}
      </Button>
    </p>
  );
}
