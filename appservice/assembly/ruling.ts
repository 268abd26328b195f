import type { Ruling } from "../circle/ruling.ts";
import type { AssemblyEvent } from "./event.ts";
import type { AssemblyStory } from "./assembly-story.ts";

/** Answer of an assembly to a command. */
export type AssemblyRuling = Ruling<AssemblyEvent>;

export function agreed(...events: AssemblyEvent[]): AssemblyRuling {
  return { accepted: true, events };
}

export function told({ events }: AssemblyStory): AssemblyRuling {
  return agreed(...events);
}
