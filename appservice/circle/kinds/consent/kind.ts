import { kind, openRound } from "../contract.ts";
import { sourceOf } from "../kind-words.ts";
import { decisionIn } from "./decision.ts";
import { consentCommands, consentForMachines, exportedStances } from "./room.ts";
import { positionTaken, reasonForgotten, reasonLeft, takePosition } from "./rules.ts";

/** Circle of consent: each may consent to what is proposed, or object with a reason, while the word goes round. */
export default kind<"consent">({
  open: openRound,
  stages: {},
  elsewhere: "not-consenting",
  decide: { "take-position": takePosition },
  evolve: { "position-taken": positionTaken },
  shown: ({ stances }) => ({ stances: stances.map(({ who, position, reason }) => ({ who, position, reason })) }),
  takeUp: ({ stances }, { at }) => ({ stances: stances.map((stance) => ({ ...stance, at })) }),
  shorten: (circle, cut) => ({
    ...circle,
    stances: circle.stances.map((each) => ({ ...each, reason: cut(each.reason) })),
  }),
  sources: ({ stances }) => stances.filter(({ reason }) => reason !== "").map(sourceOf),
  forget: reasonForgotten,
  forgetEvent: (event) => ({ ...event, reason: reasonLeft(event.reason) }),
  wordsIn: ({ reason }) => [reason],
  decision: decisionIn,
  goesBack: ({ stances }) => stances.some(({ position }) => position === "object"),
  machine: consentForMachines,
  how: (ring, _, { t }) => [ring, t("circle.how-consent")],
  commands: consentCommands,
  exported: exportedStances,
});
