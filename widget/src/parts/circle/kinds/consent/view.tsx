import { nameOf } from "../../../../model/meeting/seats.ts";
import type { KindView } from "../kind-view.ts";
import { ConsentPanel } from "./consent-panel.tsx";
import { ConsentFacts } from "./consent-facts.tsx";
import { verdictOf } from "./stances.ts";

export const consent: KindView = {
  Panel: ConsentPanel,
  stages: {},
  announce: (t, { meeting, circle }, me) => {
    const objection = circle.stances.findLast(({ position }) => position === "object");
    return objection && objection.who !== me ? t("circle.say.objects", { name: nameOf(meeting, objection.who) }) : "";
  },
  sign: (t, { circle }, who) => {
    const stance = circle.stances.find((each) => each.who === who);
    if (!stance) return null;
    const { position } = stance;
    return {
      name: position,
      icon: position === "consent" ? "check" : "warning",
      words: t(`circle.consent.position.${position}`),
    };
  },
  came: (t, circle) => {
    const verdict = verdictOf(circle);
    if (!verdict) return null;
    const objections = circle.stances.filter(({ position }) => position === "object").length;
    const words = {
      consented: t("circle.steps.consented"),
      objected: t("circle.steps.objections", { count: objections }),
      open: null,
    }[verdict];
    return { verdict, words };
  },
  Facts: ConsentFacts,
  hasFacts: ({ stances }) => stances.length > 0,
};
