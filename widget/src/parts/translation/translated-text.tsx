import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Language, MeetingId } from "@mindminder/protocol/identity.ts";
import { Translations } from "../../model/record/translations.ts";
import { useRecord } from "../../sitting/record.ts";
import { useShownRecord } from "../../sitting/shown-record.ts";
import "./translation.css";

const translations = new Translations();

/** Parts texts that are kept as one; it stands in none of them. */
const BETWEEN = "\u0000";

type Wanted = { readonly of: readonly string[]; readonly to: Language; readonly meeting?: MeetingId };

/** Asks for texts in a language, and returns what is known of each by now. */
export function useTranslations({ of, to, meeting }: Wanted): ReturnType<typeof translations.of>[] {
  const { translate } = useRecord();
  const shown = useShownRecord();
  const id = meeting ?? shown.meeting?.id;
  useSyncExternalStore(translations.subscribe, translations.get);
  // As one text, for the list is another one each time that it is drawn; what people typed may have lines.
  const whole = of.join(BETWEEN);
  useEffect(() => {
    if (id && whole !== "") translations.want({ meeting: id, to, texts: whole.split(BETWEEN) }, translate);
  }, [id, to, whole, translate]);
  return id ? of.map((text) => translations.of(id, to, text)) : [];
}

/** Translation of texts, marked as one and by whom it was made; why there is none, where none can be had. */
export default function TranslatedText(wanted: Wanted) {
  const { t } = useTranslation();
  const { of, to } = wanted;
  const found = useTranslations(wanted);
  const failed = found.find((each) => each?.failed)?.failed;
  if (failed) return <p className="quiet small">{t(`record.untranslated.${failed}`)}</p>;
  const model = found.find((each) => each?.text)?.model;
  return model && <Translated text={found.map((each, at) => each?.text ?? of[at]).join(" ")} model={model} to={to} />;
}

/** `isGrowing`: of a piece that is still being spoken. */
export function Translated(of: { text: string; model: string; to: Language; isGrowing?: boolean }) {
  const { t } = useTranslation();
  return (
    <p className="translated" lang={of.to} dir="auto" data-testid={of.isGrowing ? "translated-growing" : "translated"}>
      {of.text}
      <small className="quiet"> {t("record.translated", { model: of.model })}</small>
    </p>
  );
}
