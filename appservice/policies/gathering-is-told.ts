import type { AssemblyEvent } from "../assembly/event.ts";
import type { Calls } from "../call/calls.ts";
import type { Assemblies } from "../journal/assemblies.ts";

type Deps = {
  readonly assemblies: Pick<Assemblies, "listen">;
  readonly calls: Pick<Calls, "tellAnew">;
};

const TOLD = new Set<AssemblyEvent["type"]>(["assembly-gathered", "assembly-started", "assembly-ended"]);

/** Tells all who are in a room's call at once that an assembly gathers: their pages ask the service but seldom. */
export function gatheringIsTold({ assemblies, calls }: Deps): void {
  assemblies.listen(({ roomId }, happened) => {
    if (happened.some(({ type }) => TOLD.has(type))) calls.tellAnew(roomId);
  });
}
