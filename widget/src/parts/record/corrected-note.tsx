import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CorrectionMade } from "@mindminder/protocol/correction.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { nameOf, plainName } from "../../model/meeting/seats.ts";

type Props = { made: readonly CorrectionMade[]; meeting: MeetingSnapshot | null };

/** Note that people corrected a thing, with their names, and on asking the words before. */
export function CorrectedNote({ made, meeting }: Props) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  if (made.length === 0) return null;
  const people = [...new Set(made.map(({ name }) => plainName(name)))].join(", ");
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: "short", timeStyle: "short" });
  return (
    <div className="corrected">
      <button
        type="button"
        className="desk-link"
        aria-expanded={open}
        data-testid="corrected"
        onClick={() => setOpen(!open)}
      >
        {t("desk.correctedBy", { people })}
      </button>
      {open && (
        <ol className="corrected-history" data-testid="history">
          {made.toReversed().map((each, index) => (
            <li key={index}>
              <span className="quiet">
                <bdi>{t("desk.history", { name: plainName(each.name), when: when.format(each.at) })}</bdi>
              </span>
              <span className="corrected-before" dir="auto">
                {before(each)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );

  function before(each: CorrectionMade): string {
    if (each.of === "utterance") return each.before || t("record.silent");
    if (each.of === "summary") return each.before.join("\n") || t("record.silent");
    if (each.of !== "task") return [each.before.text, t(`desk.itemStatus.${each.before.status}`)].join(" · ");
    const { title, owner, due, status } = each.before;
    return [title, owner && nameOf(meeting, owner), due, t(`desk.status.${status}`)].filter(Boolean).join(" · ");
  }
}
