import { useTranslation } from "react-i18next";
import type { Shown, ShownItem } from "@mindminder/protocol/agreement.ts";
import "./agreement.css";

/** Sentences on what happens to one's words, and who outside gets them. */
export function ShownWords({ shown }: { shown: Shown }) {
  const { t } = useTranslation();
  return (
    <ul className="shown-words">
      {[...shown.items.map(sentenceOf), t("agreement.without")].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );

  function sentenceOf(item: ShownItem): string {
    switch (item.what) {
      case "speech":
        return item.outside === null ? t("agreement.speechHere") : t("agreement.speechOutside", { name: item.outside });
      case "minutes":
        return t("agreement.minutes", { name: item.outside });
      case "comments":
        return t("agreement.comments");
      case "telegram":
        return t("agreement.telegram", { name: item.chat });
    }
  }
}
