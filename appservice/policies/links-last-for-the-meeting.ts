import { isRunning } from "../circle/meeting.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { Links } from "../store/links.ts";

type Deps = {
  readonly meetings: Pick<Meetings, "listen" | "of">;
  readonly assemblies: Pick<Assemblies, "listen" | "of">;
  readonly links: Pick<Links, "meetingIsOver">;
};

/**
 * Ends the way back in by personal links that were opened, with the meeting that they were opened for. An assembly is
 * such a meeting, too; where it runs beside the room's own, links last for the longer of them.
 */
export function linksLastForTheMeeting({ meetings, assemblies, links }: Deps): void {
  const endUnlessOneGoesOn = (room: RoomId) => {
    const meeting = meetings.of(room)?.meeting;
    const goesOn = assemblies.of(room)?.phase === "running" || (meeting && isRunning(meeting));
    if (!goesOn) links.meetingIsOver(room);
  };
  meetings.listen(({ meeting: { roomId }, ring }, happened) => {
    if (ring === undefined && happened.some(({ kind, event }) => kind === "circle" && event.type === "meeting-ended"))
      endUnlessOneGoesOn(roomId);
  });
  assemblies.listen(({ roomId }, happened) => {
    if (happened.some(({ type }) => type === "assembly-ended")) endUnlessOneGoesOn(roomId);
  });
}
