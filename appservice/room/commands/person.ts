import type { Person } from "../../circle/meeting.ts";
import { personNamed } from "../../circle/person-named.ts";
import type { Uses } from "./context.ts";
import { type CommandOutcome, refused } from "./outcome.ts";

/** Ports of a command that asks something about one person. */
export type ToPerson = Uses<"ask" | "rest" | "live">;

/** Goes on with whoever is named behind the command, if that is one person of those who take part. */
export function toPerson(
  { rest, live }: Uses<"rest" | "live">,
  goOn: (person: Person) => CommandOutcome,
): CommandOutcome {
  const people = (live?.meeting.people ?? []).filter(({ presence }) => presence !== "left");
  const found = personNamed(rest, people);
  if ("one" in found) return goOn(found.one);
  if ("several" in found)
    return refused("ambiguous-name", { choices: found.several.map(({ name }) => name).join(", ") });
  return refused(live ? "no-such-person" : "no-meeting");
}
