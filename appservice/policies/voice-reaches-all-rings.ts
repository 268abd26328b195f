import type { AssemblyEvent } from "../assembly/event.ts";
import type { Calls } from "../call/calls.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { Projections } from "../projections.ts";

type Deps = {
  readonly assemblies: Pick<Assemblies, "listen">;
  readonly meetings: Pick<Meetings, "of" | "placesIn">;
  readonly calls: Pick<Calls, "endVoice">;
  readonly project: Projections["project"];
};

/** Closes the floors of all rings while the keeper speaks to them, and ends the call for that with the voice. */
export function voiceReachesAllRings({ assemblies, meetings, calls, project }: Deps): void {
  assemblies.listen(({ roomId }, happened) => {
    // Leaving the assembly ends nothing: one may listen all the same. Being put out of the room puts out of this call.
    if (happened.some(({ type }) => ENDS.has(type))) calls.endVoice(roomId);
    if (!happened.some(({ type }) => TURNS.has(type))) return;
    for (const place of meetings.placesIn(roomId)) {
      const live = typeof place === "string" ? null : meetings.of(place);
      if (live) project(live);
    }
  });
}

const ENDS = new Set<AssemblyEvent["type"]>(["voice-ended", "assembly-ended"]);
const TURNS = new Set<AssemblyEvent["type"]>(["voice-began", "voice-ended"]);
