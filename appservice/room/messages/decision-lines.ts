import type { DecisionMade } from "../../circle/decisions.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { Wording } from "../record-posts.ts";
import type { Line } from "./message.ts";

/** What a circle of consent came to. */
export function verdictLine({ verdict, objections }: DecisionMade, { t }: Wording): string {
  return t(`verdict.${verdict}`, { count: objections.length });
}

/** Who stands where: consent by names, each objection with its reason, and, while it may still change, who has not said. */
export function stanceLines(decision: DecisionMade, silent: readonly ParticipantId[], { t, nameOf }: Wording): Line[] {
  const { consents, objections } = decision;
  return [
    ...(consents.length > 0 ? [t("circle.consents", { people: consents.map(nameOf).join(", ") })] : []),
    ...objections.map(({ who, reason }): Line => ({ item: t("circle.objection", { name: nameOf(who), reason }) })),
    ...(silent.length > 0 ? [{ small: t("circle.silent", { people: silent.map(nameOf).join(", ") }) }] : []),
  ];
}
