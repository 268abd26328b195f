import { type Assembly, staying } from "../assembly/assembly.ts";
import { isRunning, type Meeting, takesPart } from "../circle/meeting.ts";
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
 * such a meeting, too; where it is on beside the room's own, links last for the longer of them. One that only gathers
 * is on as soon as somebody is in it.
 */
export function linksLastForTheMeeting({ meetings, assemblies, links }: Deps): void {
  const endUnlessOneGoesOn = (room: RoomId) => {
    const [meeting, assembly] = [meetings.of(room)?.meeting, assemblies.of(room)];
    if (!(meeting && isOn(meeting)) && !(assembly && isAssemblyOn(assembly))) links.meetingIsOver(room);
  };
  meetings.listen(({ meeting: { roomId }, ring }, happened) => {
    if (ring === undefined && happened.some(({ kind, event }) => kind === "circle" && event.type === "meeting-ended"))
      endUnlessOneGoesOn(roomId);
  });
  assemblies.listen(({ roomId }, happened) => {
    if (happened.some(({ type }) => type === "assembly-ended")) endUnlessOneGoesOn(roomId);
  });
}

function isOn(meeting: Meeting): boolean {
  return (
    isRunning(meeting) || (meeting.phase === "gathering" && meeting.people.some(({ id }) => takesPart(meeting, id)))
  );
}

function isAssemblyOn(assembly: Assembly): boolean {
  return assembly.phase === "running" || (assembly.phase === "gathering" && staying(assembly).length > 0);
}
