import type { DecisionMade } from "../../circle/kinds/contract.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { Wording } from "../wording.ts";
import type { Line } from "./message.ts";

/** Verdict of a circle of consent. */
export function verdictLine({ verdict, objections }: DecisionMade, { t }: Wording): string {
  return t(`verdict.${verdict}`, { count: objections.length });
}

/**
 * Stances of a circle: consent by names, each objection with its reason, and, while it may still change, those who have
 * not said.
 */
export function stanceLines(
  { consents, objections }: DecisionMade,
  silent: readonly ParticipantId[],
  wording: Wording,
): Line[] {
  const { t, nameOf } = wording;
  return [
    ...consentsOf(consents, wording),
    ...objectionLines(objections, wording),
    ...(silent.length > 0 ? [{ small: t("circle.silent", { people: silent.map(nameOf).join(", ") }) }] : []),
  ];
}

export function consentsOf(consents: DecisionMade["consents"], { t, nameOf }: Wording): string[] {
  return consents.length > 0 ? [t("circle.consents", { people: consents.map(nameOf).join(", ") })] : [];
}

export function objectionLines(objections: DecisionMade["objections"], { t, nameOf }: Wording): Line[] {
  return objections.map(({ who, reason }): Line => ({ item: t("circle.objection", { name: nameOf(who), reason }) }));
}
