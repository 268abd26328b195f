import { z } from "zod";
import { answerOf } from "../../circle/agreement.ts";
import { meaningOf } from "../../language/command-words.ts";
import { HandKind } from "../../protocol/scenario-words.ts";
import { command, outcomeOf, say } from "./command.ts";
import { toPerson } from "./person.ts";

const noWords = z.array(z.string());

export const hand = command({
  name: "hand",
  group: "take-part",
  args: z
    .array(z.string())
    .max(1)
    .transform(([typed], context): HandKind => {
      const kind =
        typed === undefined ? "reply" : HandKind.options.find((each) => meaningOf(typed, [`word.hand.${each}`]));
      if (kind) return kind;
      context.addIssue("no kind of hand");
      return z.NEVER;
    }),
  run: (kind, { ask }) => outcomeOf(ask({ type: "raise-hand", hand: kind })),
});

export const down = command({
  name: "down",
  group: "take-part",
  args: noWords,
  run: (_, { ask }) => outcomeOf(ask({ type: "lower-hand" })),
});

export const consent = command({
  name: "consent",
  group: "take-part",
  args: noWords,
  run: (_, { ask, actor, live, rest }) => {
    const refusal = ask({ type: "take-position", position: "consent", reason: rest });
    const agreement = live?.meeting.agreement;
    // Where no proposal is on, whoever has been asked answers that.
    const answers =
      refusal?.code === "not-consenting" &&
      agreement &&
      agreement.sought.some(({ who }) => who === actor.id) &&
      answerOf(live.meeting, actor.id) === null;
    return outcomeOf(answers ? ask({ type: "agree", agreed: true, shown: agreement.asks }) : refusal);
  },
});

export const object = command({
  name: "object",
  group: "take-part",
  args: noWords,
  run: (_, { ask, rest }) => outcomeOf(ask({ type: "take-position", position: "object", reason: rest })),
});

/** What stands in the chat is seen by all; whoever wants to write unseen is told where. */
export const write = command({
  name: "write",
  group: "take-part",
  args: z.array(z.string()).min(1),
  run: (_, { ask, rest, t }) => {
    const refusal = ask({ type: "write", text: rest, finished: true });
    return refusal ? outcomeOf(refusal) : say(t("write.taken"));
  },
});

export const word = command({
  name: "word",
  group: "take-part",
  args: z.array(z.string()).min(1),
  run: (_, context) => toPerson(context, ({ id }) => outcomeOf(context.ask({ type: "give-word", to: id }))),
});
