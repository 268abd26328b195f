import { useTranslation } from "react-i18next";
import type { AssemblyMap } from "@mindminder/protocol/assembly-map.ts";
import { AssemblyOutcome } from "./assembly-outcome.tsx";

/** For those whose group is done: how many still talk, and what came out of all groups so far, which grows. */
export function DoneWaits({ map }: { map: AssemblyMap }) {
  const { t } = useTranslation("assembly");
  const talking = map.rings.filter(({ status }) => status !== "done").length;
  return (
    <section className="done-waits" aria-label={t("doneWaits")} data-testid="done-waits">
      <h2>{t("doneWaits")}</h2>
      <p role="status">{t("stillTalk", { count: talking })}</p>
      <AssemblyOutcome map={map} />
    </section>
  );
}
