import type { Person } from "../../circle/meeting.ts";
import { personNamed } from "../../circle/person-named.ts";
import { type CommandContext, type CommandOutcome, refused } from "./command.ts";

/** Goes on with whoever is named behind the command, if that is one person of those who take part. */
export function toPerson({ rest, live }: CommandContext, goOn: (person: Person) => CommandOutcome): CommandOutcome {
  const people = (live?.meeting.people ?? []).filter(({ presence }) => presence !== "left");
  const found = personNamed(rest, people);
  if ("one" in found) return goOn(found.one);
  if ("several" in found)
    return refused("ambiguous-name", { choices: found.several.map(({ name }) => name).join(", ") });
  return refused(live ? "no-such-person" : "no-meeting");
}
