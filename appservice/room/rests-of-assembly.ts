import type { Assembly } from "../assembly/assembly.ts";
import { phaseOf } from "../assembly/assembly.ts";
import type { Rests } from "../journal/standing-versions.ts";
import type { ParticipantId } from "../protocol/identity.ts";

/** People on whose words a message of an assembly rests; undefined: on nobody's. */
export function restsOfAssembly({ id }: Pick<Assembly, "id">, people: readonly ParticipantId[]): Rests | undefined {
  const ids = [...new Set(people)];
  return ids.length === 0 ? undefined : { meeting: id, ids };
}

/** People who gave the words that stand in the assembly's own message: its topic, and topics that were proposed. */
export function givenTo(assembly: Assembly): ParticipantId[] {
  if (assembly.phase === "gathering") return [];
  const { topic = "", startedBy, topics = [], held = [] } = assembly;
  const chosen = new Set(held.map((ring) => ring.topic));
  const isShown = assembly.phase === "running" && phaseOf(assembly).kind === "topics";
  const proposed = topics.filter((each) => isShown || chosen.has(each.id)).map(({ by }) => by);
  return [...(topic !== "" && startedBy ? [startedBy] : []), ...proposed];
}
