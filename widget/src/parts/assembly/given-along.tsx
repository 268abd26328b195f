import { useTranslation } from "react-i18next";
import type { AssemblyRecord, RingResult } from "@mindminder/protocol/assembly-record.ts";
import { SaidWords } from "./said-words.tsx";

/** Summaries that came along with the delegates into the part of this number. */
export function givenTo(record: AssemblyRecord, before: number): readonly RingResult[] {
  return record.parts.findLast(({ kind, number }) => kind === "rings" && number < before)?.rings ?? [];
}

/**
 * Summaries that the groups gave their delegates along, and which of them is a draft that the group has not confirmed.
 */
export function GivenAlong({ record, before }: { record: AssemblyRecord; before: number }) {
  const { t } = useTranslation("assembly");
  const rings = givenTo(record, before).filter(({ summary }) => summary.length > 0);
  if (rings.length === 0) return null;
  return (
    <section data-testid="given-along">
      <h3>{t("outcome.given")}</h3>
      {rings.map(({ ring, delegate, given, summary }) => (
        <div className="given" key={ring}>
          <h4>
            <bdi>{delegate === null ? t("group", { n: ring }) : t("forGroup", { name: delegate, n: ring })}</bdi>
            <span className="pill">{t(given ? "confirmed" : "draft")}</span>
          </h4>
          <ul>
            {summary.map((sentence) => (
              <li key={`${sentence.from[0]?.utterance} ${sentence.text}`}>
                <SaidWords item={sentence} from={sentence.speaker ?? ""} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
