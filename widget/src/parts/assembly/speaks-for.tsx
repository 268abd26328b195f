import { useTranslation } from "react-i18next";
import type { AssemblyMap } from "@mindminder/protocol/assembly-map.ts";
import { givenTo } from "./given-along.tsx";
import { useAssemblyRecord } from "./use-assembly-record.ts";

/** While somebody speaks for a group: what it gave them along. */
export function SpeaksFor({ map, onOpen }: { map: AssemblyMap; onOpen: () => void }) {
  const { t } = useTranslation("assembly");
  const record = useAssemblyRecord(map, false);
  const [inside] = map.rings;
  const speaker = inside?.people.find(({ id }) => id === inside.speaker);
  const from = speaker?.speaksFor;
  if (!record || from === undefined || speaker?.onChair) return null;
  const given = givenTo(record, map.phase.number).find(({ ring }) => ring === from);
  if (!given || given.summary.length === 0) return null;
  return (
    <button type="button" className="speaks-for" data-testid="speaks-for" onClick={onOpen}>
      <span>
        <b>{t("ofGroup", { n: from })}</b>
        {!given.given && <span className="quiet"> ({t("draft")})</span>}{" "}
        <bdi>{given.summary.map(({ text }) => text).join(" ")}</bdi>
      </span>
    </button>
  );
}
