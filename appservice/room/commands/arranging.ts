import { z } from "zod";
import { personNamed } from "../../circle/person-named.ts";
import { meaningOf } from "../../language/command-words.ts";
import { withMentions } from "../../protocol/mentions.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { command, type CommandContext, done, type CommandOutcome, outcomeOf, refused } from "./command.ts";
import { toPerson } from "./person.ts";
import { MoreSeconds } from "./steering.ts";

/** Changes by the keeper on the way: the circle's end, who speaks when and for how long, its theme. */
export const close = command({
  name: "close",
  group: "steer",
  args: z.array(z.string()),
  run: (_, { ask }) => outcomeOf(ask({ type: "end-circle" })),
});

export const order = command({
  name: "order",
  group: "steer",
  args: z.array(z.string()).min(1),
  run: ([first = "", ...others], context) => {
    const draws = others.length === 0 && meaningOf(first, ["word.order.draw"]) !== null;
    if (draws) return outcomeOf(context.ask({ type: "draw-order", seed: context.seed }));
    return inOrder(context, (named) => outcomeOf(context.ask({ type: "reorder", order: named })));
  },
});

/** Names parted by commas; each has to mean one person of those who take part. */
function inOrder(
  { rest, live }: CommandContext,
  goOn: (named: readonly ParticipantId[]) => CommandOutcome,
): CommandOutcome {
  const people = (live?.meeting.people ?? []).filter(({ presence }) => presence !== "left");
  const named: ParticipantId[] = [];
  for (const name of withMentions(rest, ({ id }) => id)
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean)) {
    const found = personNamed(name, people);
    if ("several" in found)
      return refused("ambiguous-name", { choices: found.several.map((person) => person.name).join(", ") });
    if (!("one" in found)) return refused(live ? "no-such-person" : "no-meeting");
    named.push(found.one.id);
  }
  return goOn(named);
}

export const out = command({
  name: "out",
  group: "steer",
  args: z.array(z.string()).min(1),
  run: (_, context) => toPerson(context, ({ id }) => outcomeOf(context.ask({ type: "take-out", who: id }))),
});

export const again = command({
  name: "again",
  group: "steer",
  args: z.array(z.string()).min(1),
  run: (_, context) => toPerson(context, ({ id }) => outcomeOf(context.ask({ type: "give-turn", to: id }))),
});

export const longer = command({
  name: "longer",
  group: "steer",
  args: MoreSeconds,
  run: (seconds, { ask }) => outcomeOf(ask({ type: "more-time", byMs: seconds * 1000 })),
});

export const theme = command({
  name: "theme",
  group: "steer",
  args: z.array(z.string()).min(1),
  run: (_, { ask, rest }) =>
    outcomeOf(ask({ type: "set-theme", theme: withMentions(rest, ({ label }) => label), circle: null })),
});

export const mute = command({
  name: "mute",
  group: "steer",
  args: z.array(z.string()),
  run: (_, { muteAll }) => {
    const refusal = muteAll();
    return refusal ? outcomeOf(refusal) : done;
  },
});
