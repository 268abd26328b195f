import type {
  CorrectionRequest,
  FileFormat,
  GraphFileFormat,
  PastMeetingResponse,
  PastMeetingsResponse,
} from "@mindminder/protocol/http-api.ts";
import type { MeetingId } from "@mindminder/protocol/identity.ts";
import type { MeetingGraph } from "@mindminder/protocol/meeting-graph.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingStore } from "../meeting/meeting-store.ts";
import type { NoticeStore } from "../meeting/notices.ts";
import { noticeOf } from "../meeting/send-command.ts";
import { Store } from "../store.ts";
import type { ServiceClient } from "../service/service-client.ts";
import { saveFile } from "./save-file.ts";

export type PastMeeting = PastMeetingsResponse["meetings"][number];

/** The parts of the record's panel, by the names of their tabs. */
export const TABS = ["said", "minutes", "graph", "time"] as const;
export type Tab = (typeof TABS)[number];

export type DeskState = {
  /** The room's meetings, the newest first; empty until they are asked for. */
  readonly meetings: readonly PastMeeting[];
  /** There were others, which the room's history does not show to whoever reads. */
  readonly hidden: boolean;
  /** A past meeting that is open for reading; null: the present one is shown. */
  readonly past: PastMeetingResponse | null;
  /** The part that was chosen; null shows what is of most use. */
  readonly tab: Tab | null;
  /** Where the reader was sent in it, and how often anybody was: each time the panel goes there. */
  readonly sent: { readonly to: "suggestion" | "top"; readonly times: number };
};

type Options = {
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
  >;
  readonly store: MeetingStore;
  readonly notices: NoticeStore;
};

/** While minutes of a past meeting are made anew, nothing tells of them. */
const LOOK_AGAIN_MS = 1_500;

/** Where the record is read and put right: the present meeting's, and those of the room's past meetings. */
export class RecordDesk extends Store<DeskState> {
  readonly #options: Options;
  readonly #peeked = new Map<MeetingId, PastMeetingResponse>();

  constructor(options: Options) {
    super({ meetings: [], hidden: false, past: null, tab: null, sent: { to: "top", times: 0 } });
    this.#options = options;
  }

  /** Fetches the list; without an answer the one that is known stays. */
  readonly list = async (): Promise<void> => {
    const answer = await this.#options.client.pastMeetings().catch(() => null);
    if (answer) this.set({ meetings: answer.meetings, hidden: answer.hidden ?? false });
  };

  readonly open = async (id: MeetingId): Promise<void> => {
    if (id === this.#options.store.get().meeting?.id) return this.close();
    await this.#tried(async () => this.set({ past: await this.#options.client.pastMeeting(id) }));
  };

  /** A past meeting, without opening it; null where it cannot be had now. What is over seldom changes, so it is fetched once. */
  readonly peek = async (id: MeetingId): Promise<PastMeetingResponse | null> => {
    const known = this.#peeked.get(id) ?? (await this.#options.client.pastMeeting(id).catch(() => null));
    if (known) this.#peeked.set(id, known);
    return known;
  };

  readonly close = (): void => this.set({ past: null });

  readonly turnTo = (tab: Tab, to: DeskState["sent"]["to"] = "top"): void =>
    this.set({ tab, sent: { to, times: this.get().sent.times + 1 } });

  /** True when it stands so in the record. A refusal is said, and what is there now is fetched. */
  readonly correct = async (
    meeting: MeetingId,
    change: CorrectionRequest["change"],
    seen: number,
  ): Promise<boolean> => {
    const done = await this.#tried(async () =>
      this.#show(meeting, (await this.#options.client.correct({ meeting, seen, change })).record),
    );
    if (!done) await this.#lookAgain(meeting);
    return done;
  };

  readonly redo = async (meeting: MeetingId): Promise<boolean> => {
    const begun = await this.#tried(async () =>
      this.#show(meeting, (await this.#options.client.redo({ meeting })).record),
    );
    if (begun) void this.#followRemaking(meeting);
    return begun;
  };

  readonly takeAlong = async (meeting: MeetingId, format: FileFormat): Promise<void> => {
    await this.#tried(async () => {
      const { name, mediaType, content } = await this.#options.client.recordFile(meeting, format);
      saveFile(name, new Blob([content], { type: mediaType }));
    });
  };

  /** Of one meeting, or of all of the room; null where it cannot be had now. */
  readonly graph = async (meeting: MeetingId | null): Promise<MeetingGraph | null> => {
    const { client } = this.#options;
    const answer = await (meeting === null ? client.roomGraph() : client.graph(meeting)).catch(() => null);
    return answer?.graph ?? null;
  };

  readonly takeRoomGraph = async (format: GraphFileFormat): Promise<void> => {
    await this.#tried(async () => {
      const { name, mediaType, content } = await this.#options.client.roomGraphFile(format);
      saveFile(name, new Blob([content], { type: mediaType }));
    });
  };

  async #followRemaking(meeting: MeetingId): Promise<void> {
    while (this.get().past?.meeting.id === meeting && (this.get().past?.record.remaking.length ?? 0) > 0) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      await this.#lookAgain(meeting);
    }
  }

  async #lookAgain(meeting: MeetingId): Promise<void> {
    const { client } = this.#options;
    if (this.get().past?.meeting.id === meeting) {
      const past = await client.pastMeeting(meeting).catch(() => null);
      if (past) this.#show(meeting, past.record);
    } else {
      const answer = await client.record().catch(() => null);
      if (answer) this.#show(meeting, answer.record);
    }
  }

  #show(meeting: MeetingId, record: MeetingRecord | null): void {
    this.#peeked.delete(meeting);
    const { past } = this.get();
    if (record && past?.meeting.id === meeting) this.set({ past: { ...past, record } });
    else if (record && this.#options.store.get().meeting?.id === meeting) this.#options.store.set({ record });
  }

  async #tried(what: () => Promise<void>): Promise<boolean> {
    try {
      await what();
      return true;
    } catch (failure) {
      this.#options.notices.show(noticeOf(failure));
      return false;
    }
  }
}
