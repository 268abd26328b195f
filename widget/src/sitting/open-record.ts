import type { MeetingStore } from "../model/meeting/meeting-store.ts";
import type { NoticeStore } from "../model/meeting/notices.ts";
import { RecordCorrector } from "../model/record/corrector.ts";
import { recordFiles } from "../model/record/files.ts";
import { PanelStore } from "../model/record/panel-state.ts";
import { PastMeetings } from "../model/record/past-meetings.ts";
import { TasksDesk } from "../model/record/tasks-desk.ts";
import type { ServiceClient } from "../model/service/service-client.ts";
import { type Player, SoundStore } from "../model/sound/sound-store.ts";
import type { SeatAtRecord } from "./record.ts";

type Deps = {
  /** The part of the service that the record is read, heard and put right by. */
  readonly client: Pick<
    ServiceClient,
    | "pastMeetings"
    | "pastMeeting"
    | "correct"
    | "redo"
    | "record"
    | "recordFile"
    | "graph"
    | "roomGraph"
    | "roomGraphFile"
    | "openTasks"
    | "tasksOutside"
    | "sendTasks"
    | "myPurposes"
    | "answerPurpose"
    | "myData"
    | "myAccount"
    | "eraseMyWords"
    | "hearable"
    | "sound"
    | "translate"
  >;
  readonly store: MeetingStore;
  readonly notices: NoticeStore;
  readonly play?: Player | undefined;
};

/** Connects all that works on the record. */
export function openRecord({ client, store, notices, play }: Deps): SeatAtRecord {
  const past = new PastMeetings({ client, store, notices });
  return {
    past,
    panel: new PanelStore(),
    corrector: new RecordCorrector({ client, store, past, notices }),
    files: recordFiles({ client, notices }),
    async graph(meeting) {
      const answer = await (meeting === null ? client.roomGraph() : client.graph({ meeting })).catch(() => null);
      return answer?.graph ?? null;
    },
    tasks: new TasksDesk({ client, notices }),
    purposes: client,
    sounds: new SoundStore({ client, play }),
    translate: (asked) => client.translate(asked),
  };
}
