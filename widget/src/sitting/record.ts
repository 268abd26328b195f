import { createContext, useContext } from "react";
import type { MeetingId } from "@mindminder/protocol/identity.ts";
import type { MeetingGraph } from "@mindminder/protocol/meeting-graph.ts";
import type { RecordCorrector } from "../model/record/corrector.ts";
import type { RecordFiles } from "../model/record/files.ts";
import type { PanelStore } from "../model/record/panel-state.ts";
import type { PastMeetings } from "../model/record/past-meetings.ts";
import type { TasksDesk } from "../model/record/tasks-desk.ts";
import type { ServiceClient } from "../model/service/service-client.ts";
import type { SoundStore } from "../model/sound/sound-store.ts";

/** The record as somebody reads it, hears it and puts it right. */
export type SeatAtRecord = {
  readonly past: PastMeetings;
  readonly panel: PanelStore;
  readonly corrector: RecordCorrector;
  readonly files: RecordFiles;
  /** Fetches the graph of one meeting, or of all of the room; null where it cannot be had now. */
  readonly graph: (meeting: MeetingId | null) => Promise<MeetingGraph | null>;
  readonly tasks: TasksDesk;
  readonly purposes: Pick<ServiceClient, "myPurposes" | "answerPurpose" | "myData" | "myAccount" | "eraseMyWords">;
  readonly sounds: SoundStore;
  readonly translate: ServiceClient["translate"];
};

export const RecordContext = createContext<SeatAtRecord | null>(null);

export function useRecord(): SeatAtRecord {
  const seat = useContext(RecordContext);
  if (!seat) throw new Error("Only inside a SittingProvider");
  return seat;
}
