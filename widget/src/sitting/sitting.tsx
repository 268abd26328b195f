import type { ReactNode } from "react";
import { CallContext, type SeatInCall } from "./call.ts";
import { MeetingContext, type SeatInMeeting } from "./meeting.ts";
import { RecordContext, type SeatAtRecord } from "./record.ts";

/** Everything that a person who sits in the circle works with; made once when the widget has opened. */
export type Sitting = SeatInMeeting &
  SeatInCall &
  SeatAtRecord & {
    /** Follows the meeting no longer. */
    readonly close: () => void;
  };

/** Gives those inside it the meeting, the call and the record, each by a hook of its own. */
export function SittingProvider({ sitting, children }: { sitting: Sitting; children: ReactNode }) {
  return (
    <MeetingContext value={sitting}>
      <CallContext value={sitting}>
        <RecordContext value={sitting}>{children}</RecordContext>
      </CallContext>
    </MeetingContext>
  );
}
