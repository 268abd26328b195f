import { z } from "zod";
import { answerOf } from "../../circle/agreement.ts";
import { shownSentences } from "../messages/agreement-message.ts";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { outcomeOf, say } from "./outcome.ts";

const noWords = z.array(z.string());

/**
 * Agrees to being written down, as it was shown. A person who has agreed already and types it in a circle of consent
 * means the proposal.
 */
export const agree = command({
  name: "agree",
  group: "take-part",
  args: noWords,
  run: (_, { ask, actor, live, message, t }: Uses<"ask" | "actor" | "live" | "message" | "t">) => {
    const shown = live?.meeting.agreement?.asks;
    if (
      live &&
      shown &&
      answerOf(live.meeting, actor.id) === null &&
      !live.meeting.agreement?.sought.some(({ who }) => who === actor.id)
    ) {
      ask({ type: "seek-agreement", name: actor.name, message });
      return say([...shownSentences(shown, t), t("agreement.again")].join(" "));
    }
    if (live && shown && answerOf(live.meeting, actor.id) !== true)
      return outcomeOf(ask({ type: "agree", agreed: true, shown }));
    const refusal = ask({ type: "take-position", position: "consent", reason: "" });
    return outcomeOf(shown && refusal?.code === "not-consenting" ? null : refusal);
  },
});

export const disagree = command({
  name: "disagree",
  group: "take-part",
  args: noWords,
  run: (_, { ask, live }: Uses<"ask" | "live">) => {
    const shown = live?.meeting.agreement?.asks;
    return outcomeOf(
      shown ? ask({ type: "agree", agreed: false, shown }) : live ? null : { code: "no-meeting", detail: {} },
    );
  },
});
