import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AssemblyCommandRequest, MOST_TOLD } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";

const MORE_MS = 60_000;

type Props = { ask: (command: AssemblyCommandRequest) => Promise<void> };

/** The keeper's own: words to all, time for all, and going on. */
export function KeeperTools({ ask }: Props) {
  const { t } = useTranslation("assembly");
  const [text, setText] = useState("");
  return (
    <div className="keeper-tools" data-testid="keeper-tools">
      <form
        className="tell-all"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === "") return;
          void ask({ type: "tell-all", text }).then(() => setText(""));
        }}
      >
        <input
          aria-label={t("tellAll")}
          placeholder={t("tellAll")}
          maxLength={MOST_TOLD}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit">{t("say")}</Button>
        <Button data-testid="speak-to-all" onClick={() => void ask({ type: "speak-to-all" })}>
          {t("speakToAll")}
        </Button>
        <Button data-testid="more-for-all" onClick={() => void ask({ type: "more-time", byMs: MORE_MS })}>
          {t("longer")}
        </Button>
        <Button data-testid="go-on-for-all" onClick={() => void ask({ type: "go-on" })}>
          {t("goOn")}
        </Button>
      </form>
    </div>
  );
}
