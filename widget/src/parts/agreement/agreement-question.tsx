import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { useWish } from "../../sitting/use-wish.ts";
import type { AgreementAsked } from "./use-agreement.ts";
import { ShownWords } from "./shown-words.tsx";

/** Question over the ring, for a person who sits there and has not said yet whether their words may be written down. */
export function AgreementQuestion({ asked: { shown } }: { asked: AgreementAsked }) {
  const { t } = useTranslation();
  const { busy, wish } = useWish();
  const title = useId();
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    card.current?.focus();
  }, []);
  const say = (agreed: boolean) => void wish({ type: "agree", agreed, shown });
  return (
    <section
      ref={card}
      tabIndex={-1}
      className="card agreement-question"
      aria-labelledby={title}
      data-testid="agreement-question"
    >
      <h2 id={title}>{t("agreement.title")}</h2>
      <ShownWords shown={shown} />
      <div className="row">
        <Button disabled={busy} data-testid="disagree" onClick={() => say(false)}>
          {t("agreement.stayUnwritten")}
        </Button>
        <Button kind="word" disabled={busy} data-testid="agree" onClick={() => say(true)}>
          {t("agreement.write")}
        </Button>
      </div>
    </section>
  );
}
