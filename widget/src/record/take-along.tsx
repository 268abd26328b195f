import { useTranslation } from "react-i18next";
import type { FileFormat } from "../../../appservice/protocol/http-api.ts";
import { useSitting } from "../sitting/sitting.ts";
import { useShownRecord } from "./shown-record.ts";

/** By the names that all languages have for them. */
const FORMATS: readonly { readonly format: FileFormat; readonly name: string }[] = [
  { format: "markdown", name: "Markdown" },
  { format: "html", name: "HTML" },
  { format: "json", name: "JSON" },
  { format: "webvtt", name: "WebVTT" },
  { format: "subrip", name: "SRT" },
  { format: "csv", name: "CSV" },
];

/** The record as a file, of the present meeting or of the past one that is open. */
export function TakeAlong() {
  const { t } = useTranslation();
  const { desk } = useSitting();
  const { meeting, record } = useShownRecord();
  if (!meeting || !record || record.turns.length === 0) return null;
  return (
    <div className="take-along" role="group" aria-label={t("desk.takeAlong")} data-testid="take-along">
      <span className="quiet small" aria-hidden="true">{t("desk.takeAlong")}</span>
      {FORMATS.map(({ format, name }) => (
        <button key={format} type="button" className="chip" data-testid={`save-${format}`} onClick={() => void desk.takeAlong(meeting.id, format)}>{name}</button>
      ))}
    </div>
  );
}
