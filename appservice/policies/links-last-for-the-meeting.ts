import type { Meetings } from "../journal/meetings.ts";
import type { Links } from "../store/links.ts";

type Deps = { readonly meetings: Pick<Meetings, "listen">; readonly links: Pick<Links, "meetingIsOver"> };

/** Ends the way back in by personal links that were opened, with the meeting that they were opened for. */
export function linksLastForTheMeeting({ meetings, links }: Deps): void {
  meetings.listen(({ meeting: { roomId }, ring }, happened) => {
    if (ring === undefined && happened.some(({ kind, event }) => kind === "circle" && event.type === "meeting-ended"))
      links.meetingIsOver(roomId);
  });
}
