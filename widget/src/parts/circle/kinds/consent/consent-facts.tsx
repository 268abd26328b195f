import { useTranslation } from "react-i18next";
import type { KindProps } from "../kind-view.ts";
import { StanceList } from "./stance-list.tsx";
import { stancesOf, verdictOf } from "./stances.ts";

/** The verdict, and each person's stance. */
export function ConsentFacts({ meeting, circle }: KindProps) {
  const { t } = useTranslation();
  const verdict = verdictOf(circle);
  return (
    <>
      {verdict && (
        <p className="verdict" data-verdict={verdict}>
          {t(`circle.consent.verdict.${verdict}`)}
        </p>
      )}
      <StanceList
        stances={stancesOf(meeting, circle).filter(({ position }) => position !== "none")}
        meeting={meeting}
      />
    </>
  );
}
