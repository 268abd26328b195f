import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AssemblyCommandRequest, type AssemblyMap, MOST_TOLD } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";
import { plainName } from "../../model/meeting/seats.ts";

const MORE_MS = 60_000;

type Props = { map: AssemblyMap; ask: (command: AssemblyCommandRequest) => Promise<void> };

/** The keeper's own: groups that call, time for all, going on, and words to all. */
export function KeeperTools({ map: { calls, rings }, ask }: Props) {
  const { t } = useTranslation("assembly");
  const [text, setText] = useState("");
  const names = new Map(rings.flatMap(({ people }) => people.map(({ id, name }) => [id, plainName(name)])));
  return (
    <div className="keeper-tools" data-testid="keeper-tools">
      {calls.map(({ ring, by }) => (
        <p className="ring-wish" key={ring}>
          <span>{t("calls", { name: names.get(by) ?? by, n: ring })}</span>
          <Button kind="word" data-testid={`come-to-${ring}`} onClick={() => void ask({ type: "visit", to: ring })}>
            {t("listenIn")}
          </Button>
        </p>
      ))}
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
