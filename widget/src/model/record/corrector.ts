import type { CorrectionRequest } from "@mindminder/protocol/http-api.ts";
import type { MeetingId } from "@mindminder/protocol/identity.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingStore } from "../meeting/meeting-store.ts";
import type { NoticeStore } from "../meeting/notices.ts";
import { doneOrTold } from "../meeting/send-command.ts";
import type { ServiceClient } from "../service/service-client.ts";
import type { PastMeetings } from "./past-meetings.ts";

type Deps = {
  readonly client: Pick<ServiceClient, "correct" | "redo" | "record" | "pastMeeting">;
  readonly store: MeetingStore;
  readonly past: PastMeetings;
  readonly notices: NoticeStore;
};

/** Milliseconds between looks at minutes of a past meeting that are made anew: nothing tells of those. */
const LOOK_AGAIN_MS = 1_500;

/** Puts a record right, the present meeting's or a past one's, and shows what came of it. */
export class RecordCorrector {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** True when it stands so in the record. A refusal is said, and what is there now is fetched. */
  readonly correct = async (
    meeting: MeetingId,
    change: CorrectionRequest["change"],
    seen: number,
  ): Promise<boolean> => {
    const { client, notices } = this.#deps;
    const done = await doneOrTold(notices, async () =>
      this.#show(meeting, (await client.correct({ meeting, seen, change })).record),
    );
    if (!done) await this.#lookAgain(meeting);
    return done;
  };

  readonly redo = async (meeting: MeetingId): Promise<boolean> => {
    const { client, notices } = this.#deps;
    const begun = await doneOrTold(notices, async () => this.#show(meeting, (await client.redo({ meeting })).record));
    if (begun) void this.#followRemaking(meeting);
    return begun;
  };

  async #followRemaking(meeting: MeetingId): Promise<void> {
    while (this.#isRead(meeting) && (this.#deps.past.get().past?.record.remaking.length ?? 0) > 0) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      await this.#lookAgain(meeting);
    }
  }

  async #lookAgain(meeting: MeetingId): Promise<void> {
    const { client } = this.#deps;
    const answer = await (this.#isRead(meeting) ? client.pastMeeting({ meeting }) : client.record()).catch(() => null);
    if (answer) this.#show(meeting, answer.record);
  }

  #isRead(meeting: MeetingId): boolean {
    return this.#deps.past.get().past?.meeting.id === meeting;
  }

  #show(meeting: MeetingId, record: MeetingRecord | null): void {
    const { past, store } = this.#deps;
    const isRead = this.#isRead(meeting);
    past.takeIn(meeting, record);
    if (record && !isRead && store.get().meeting?.id === meeting) store.set({ record });
  }
}
