import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "@mindminder/protocol/identity.ts";
import { Translations } from "../../model/record/translations.ts";
import { useRecord } from "../../sitting/record.ts";
import { useShownRecord } from "./shown-record.ts";

const translations = new Translations();

/** Parts texts that are kept as one; it stands in none of them. */
const BETWEEN = "\u0000";

/** Translation of texts, marked as one and by whom it was made; why there is none, where none can be had. */
export default function TranslatedText({ of, to }: { of: readonly string[]; to: Language }) {
  const { t } = useTranslation();
  const { translate } = useRecord();
  const { meeting } = useShownRecord();
  const id = meeting?.id;
  useSyncExternalStore(translations.subscribe, translations.get);
  // As one text, for the list is another one each time that it is drawn; what people typed may have lines.
  const whole = of.join(BETWEEN);
  useEffect(() => {
    if (id) translations.want({ meeting: id, to, texts: whole.split(BETWEEN) }, translate);
  }, [id, to, whole, translate]);
  if (!id) return null;
  const found = of.map((text) => translations.of(id, to, text));
  const failed = found.find((each) => each?.failed)?.failed;
  if (failed) return <p className="quiet small">{t(`record.untranslated.${failed}`)}</p>;
  const model = found.find((each) => each?.text)?.model;
  if (!model) return null;
  return (
    <p className="translated" lang={to} dir="auto" data-testid="translated">
      {found.map((each, at) => each?.text ?? of[at]).join(" ")}
      <small className="quiet"> {t("record.translated", { model })}</small>
    </p>
  );
}
