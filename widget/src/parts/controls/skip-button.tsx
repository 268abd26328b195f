import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button, RoundButton } from "../../look/button.tsx";
import { SETTLES_MS } from "./main-action.ts";
import { useWish } from "../../sitting/use-wish.ts";

/** The word goes on, and a turn is kept for me. */
export function SkipButton({ look }: { look: "text" | "round" | "menu" }) {
  const { t } = useTranslation();
  const { busy, wish } = useWish();
  const since = useRef(performance.now());
  // The second half of a double click on what stood here before was not meant for this.
  const skip = () => {
    if (performance.now() - since.current > SETTLES_MS) void wish({ type: "skip" });
  };
  const facts = { disabled: busy, "data-testid": "skip-me", onClick: skip };
  if (look === "round")
    return <RoundButton icon="skip" caption={t("frame.caption.skip")} label={t("act.skipMe")} {...facts} />;
  return (
    <Button icon="skip" kind={look === "menu" ? "ghost" : "plain"} {...facts}>
      {t("act.skipMe")}
    </Button>
  );
}
