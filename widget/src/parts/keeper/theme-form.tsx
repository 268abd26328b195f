import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button } from "../../look/button.tsx";
import type { CommandWish } from "../../model/meeting/send-command.ts";
import { steeredCircle } from "./steerable.ts";

const MOST_LETTERS = 500;

type Props = { meeting: MeetingSnapshot; busy: boolean; onChosen: (wish: CommandWish) => void; onBack: () => void };

/** Another theme for the running circle, or for the next one; one text for all. */
export function ThemeForm({ meeting, busy, onChosen, onBack }: Props) {
  const { t } = useTranslation();
  const circle = steeredCircle(meeting);
  const [text, setText] = useState(circle?.theme ?? "");
  if (!circle) return null;
  const theme = text.trim();
  return (
    <form
      className="menu-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (theme) onChosen({ type: "set-theme", theme, circle: circle.index });
      }}
    >
      <Button kind="ghost" icon="back" data-testid="keeper-back" onClick={onBack}>
        {t("circle.keeper.back")}
      </Button>
      <label>
        <span className="menu-note">{circle.status === "running" ? t("keeper.themeNow") : t("keeper.themeNext")}</span>
        <textarea
          rows={3}
          dir="auto"
          maxLength={MOST_LETTERS}
          value={text}
          data-testid="theme-text"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button
        kind="word"
        icon="check"
        type="submit"
        className="menu-wide"
        disabled={busy || theme === ""}
        data-testid="theme-set"
      >
        {t("keeper.setTheme")}
      </Button>
    </form>
  );
}
