import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { usePurposes } from "./use-purposes.ts";

/**
 * One question after a meeting, of those that this person has not answered: a sentence, a yes and a no. Whether words
 * are written is asked at the door.
 */
export function PurposeQuestion() {
  const { t } = useTranslation();
  const { purposes, busy, answer } = usePurposes();
  const asked = purposes?.find(({ purpose, offered, given }) => purpose !== "write" && offered && given === null);
  if (!asked) return null;
  return (
    <section className="card" aria-label={t("sound.title")} data-testid="purpose-question">
      <p>{asked.text}</p>
      <div className="row">
        <Button disabled={busy} data-testid="purpose-no" onClick={() => answer(asked, false)}>
          {t("sound.no")}
        </Button>
        <Button disabled={busy} data-testid="purpose-yes" onClick={() => answer(asked, true)}>
          {t("sound.yes")}
        </Button>
      </div>
    </section>
  );
}
