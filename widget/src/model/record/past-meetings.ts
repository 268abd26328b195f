import type { PastMeetingResponse, PastMeetingsResponse } from "@mindminder/protocol/http-api.ts";
import type { MeetingId } from "@mindminder/protocol/identity.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingStore } from "../meeting/meeting-store.ts";
import type { NoticeStore } from "../meeting/notices.ts";
import { doneOrTold } from "../meeting/send-command.ts";
import type { ServiceClient } from "../service/service-client.ts";
import { Store } from "../store.ts";

export type PastMeetingEntry = PastMeetingsResponse["meetings"][number];

export type PastMeetingsState = {
  /** The room's meetings, the newest first; empty until they are asked for. */
  readonly meetings: readonly PastMeetingEntry[];
  /** True where there were other meetings, which the room's history does not show to this reader. */
  readonly hidden: boolean;
  /** A past meeting that is open for reading; null: the present one is shown. */
  readonly past: PastMeetingResponse | null;
};

type Deps = {
  readonly client: Pick<ServiceClient, "pastMeetings" | "pastMeeting">;
  readonly store: MeetingStore;
  readonly notices: NoticeStore;
};

/** The room's meetings, and the one of them that is read. */
export class PastMeetings extends Store<PastMeetingsState> {
  readonly #deps: Deps;
  readonly #peeked = new Map<MeetingId, PastMeetingResponse>();

  constructor(deps: Deps) {
    super({ meetings: [], hidden: false, past: null });
    this.#deps = deps;
  }

  /** Fetches the list; without an answer the one that is known stays. */
  readonly list = async (): Promise<void> => {
    const answer = await this.#deps.client.pastMeetings().catch(() => null);
    if (answer) this.set({ meetings: answer.meetings, hidden: answer.hidden ?? false });
  };

  readonly open = async (id: MeetingId): Promise<void> => {
    if (id === this.#deps.store.get().meeting?.id) return this.close();
    await doneOrTold(this.#deps.notices, async () =>
      this.set({ past: await this.#deps.client.pastMeeting({ meeting: id }) }),
    );
  };

  /**
   * A past meeting, without opening it; null where it cannot be had now. What is over seldom changes, so it is fetched
   * once.
   */
  readonly peek = async (id: MeetingId): Promise<PastMeetingResponse | null> => {
    const known = this.#peeked.get(id) ?? (await this.#deps.client.pastMeeting({ meeting: id }).catch(() => null));
    if (known) this.#peeked.set(id, known);
    return known;
  };

  readonly close = (): void => this.set({ past: null });

  /** Shows this record of it, if it is the one that is read. */
  readonly takeIn = (meeting: MeetingId, record: MeetingRecord | null): void => {
    this.#peeked.delete(meeting);
    const { past } = this.get();
    if (record && past?.meeting.id === meeting) this.set({ past: { ...past, record } });
  };
}
