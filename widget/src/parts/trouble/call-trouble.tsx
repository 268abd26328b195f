import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { Screen } from "./screen.tsx";
import { useCall, useCallState } from "../../sitting/call.ts";

/** Explains that the call is away or has moved to another window, and what one can do. */
export function CallTrouble({ onWatch }: { onWatch: () => void }) {
  const { t } = useTranslation();
  const { call, leave } = useCall();
  const { status, takenOver } = useCallState();
  if (status === "reconnecting")
    return (
      <Screen name="reconnecting">
        <Button onClick={() => void leave()}>{t("act.leave")}</Button>
      </Screen>
    );
  if (status === "lost") {
    return (
      <Screen name="callLost">
        <Button onClick={() => void leave()}>{t("act.leave")}</Button>
        <Button kind="word" onClick={() => void call.comeBack()}>
          {t("screen.again")}
        </Button>
      </Screen>
    );
  }
  if (!takenOver) return null;
  return (
    <Screen name="otherTab">
      <Button onClick={onWatch}>{t("screen.otherTab.watch")}</Button>
      <Button kind="word" data-testid="sit-here" onClick={() => void call.rejoin()}>
        {t("screen.otherTab.here")}
      </Button>
    </Screen>
  );
}
