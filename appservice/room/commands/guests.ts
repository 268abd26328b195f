import { z } from "zod";
import { mayHostGuests, opensToGuests } from "../../assembly/rights.ts";
import { meaningOf } from "../../language/command-words.ts";
import { GuestLinkWish } from "../../protocol/guests.ts";
import { asyncCommand } from "./command.ts";
import type { Uses } from "./context.ts";
import { refused, say } from "./outcome.ts";

const PLACES = 10;
const WORDS = ["word.guests.always", "word.guests.open", "word.guests.off"] as const;

/** Words behind the command, in any order; null: links are to be taken back. */
const Args = z.array(z.string()).transform((typed, context): GuestLinkWish | null => {
  const meant = typed.map((word) => (/^\d+$/.test(word) ? Number(word) : meaningOf(word, WORDS)));
  const numbers = meant.filter((each) => typeof each === "number");
  const wish = GuestLinkWish.safeParse({
    once: !meant.includes("word.guests.always"),
    lobby: !meant.includes("word.guests.open"),
    places: numbers[0] ?? PLACES,
  });
  const off = meant.includes("word.guests.off");
  if (wish.success && !meant.includes(null) && numbers.length < 2 && (!off || meant.length === 1))
    return off ? null : wish.data;
  context.addIssue("nothing that a link for guests can be");
  return z.NEVER;
});

export const guests = asyncCommand({
  name: "guests",
  group: "steer",
  args: Args,
  run: async (wish, context: Uses<"actor" | "live" | "assembly" | "t" | "sendGuestLink" | "closeGuestLinks">) => {
    const { t, live, assembly, actor } = context;
    const [now, meeting] = [assembly.now(), live?.meeting ?? null];
    // The meeting of one group is not that of all: its keeper is no host of the assembly.
    if (!mayHostGuests(now, meeting, actor))
      return refused(opensToGuests(now, meeting) ? "links-into-assembly" : "not-keeper");
    if (wish === null) return say(t("guests.closed", { count: context.closeGuestLinks() }));
    return say(t(`guests.${await context.sendGuestLink(wish)}`));
  },
});
