import { z } from "zod";
import { personNamed } from "../../circle/person-named.ts";
import { meaningOf } from "../../language/command-words.ts";
import { withMentions } from "../../protocol/mentions.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { type CommandOutcome, done, outcomeOf, refused } from "./outcome.ts";
import { type ToPerson, toPerson } from "./person.ts";
import { MoreSeconds } from "./steering.ts";

/** Changes by the keeper on the way: the circle's end, who speaks when and for how long, its theme. */
export const close = command({
  name: "close",
  group: "steer",
  args: z.array(z.string()),
  run: (_, { ask }: Uses<"ask">) => outcomeOf(ask({ type: "end-circle" })),
});

export const order = command({
  name: "order",
  group: "steer",
  args: z.array(z.string()).min(1),
  run: ([first = "", ...others], context: Uses<"ask" | "seed" | "rest" | "live">) => {
    const draws = others.length === 0 && meaningOf(first, ["word.order.draw"]) !== null;
    if (draws) return outcomeOf(context.ask({ type: "draw-order", seed: context.seed }));
    return inOrder(context, (named) => outcomeOf(context.ask({ type: "reorder", order: named })));
  },
});

/** Names parted by commas; each has to mean one person of those who take part. */
function inOrder(
  { rest, live }: Uses<"rest" | "live">,
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
  run: (_, context: ToPerson) => toPerson(context, ({ id }) => outcomeOf(context.ask({ type: "take-out", who: id }))),
});

export const again = command({
  name: "again",
  group: "steer",
  args: z.array(z.string()).min(1),
  run: (_, context: ToPerson) => toPerson(context, ({ id }) => outcomeOf(context.ask({ type: "give-turn", to: id }))),
});

export const longer = command({
  name: "longer",
  group: "steer",
  args: MoreSeconds,
  run: (seconds, { ask }: Uses<"ask">) => outcomeOf(ask({ type: "more-time", byMs: seconds * 1000 })),
});

export const theme = command({
  name: "theme",
  group: "steer",
  args: z.array(z.string()).min(1),
  run: (_, { ask, rest }: Uses<"ask" | "rest">) =>
    outcomeOf(ask({ type: "set-theme", theme: withMentions(rest, ({ label }) => label), circle: null })),
});

export const mute = command({
  name: "mute",
  group: "steer",
  args: z.array(z.string()),
  run: (_, { muteAll }: Uses<"muteAll">) => {
    const refusal = muteAll();
    return refusal ? outcomeOf(refusal) : done;
  },
});
