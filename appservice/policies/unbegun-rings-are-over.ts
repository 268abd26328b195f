import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { Projections } from "../projections.ts";

type Deps = {
  readonly assemblies: Pick<Assemblies, "listen">;
  readonly meetings: Pick<Meetings, "of" | "placesIn">;
  readonly project: Projections["project"];
};

/** Has the room's state say of rings that only gathered, and that nothing ends, that they are over with their assembly. */
export function unbegunRingsAreOver({ assemblies, meetings, project }: Deps): void {
  assemblies.listen(({ roomId }, happened) => {
    if (!happened.some(({ type }) => type === "assembly-ended")) return;
    for (const place of meetings.placesIn(roomId)) {
      const live = typeof place === "string" ? null : meetings.of(place);
      if (live?.meeting.phase === "gathering") project(live);
    }
  });
}
