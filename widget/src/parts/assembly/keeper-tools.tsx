import { useTranslation } from "react-i18next";
import { type AssemblyCommandRequest, MOST_TOLD } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";
import { useWords } from "./use-words.ts";

const MORE_MS = 60_000;

type Props = { ask: (command: AssemblyCommandRequest) => Promise<boolean> };

/** The keeper's own: words to all, time for all, and going on. */
export function KeeperTools({ ask }: Props) {
  const { t } = useTranslation("assembly");
  const { text, setText, sending, submit } = useWords((words) => ask({ type: "tell-all", text: words }));
  return (
    <div className="keeper-tools" data-testid="keeper-tools">
      <form className="tell-all" onSubmit={submit}>
        <input
          aria-label={t("tellAll")}
          placeholder={t("tellAll")}
          maxLength={MOST_TOLD}
          value={text}
          readOnly={sending}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" disabled={sending}>
          {t("say")}
        </Button>
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
