import type { z } from "zod";
import { CallMetadata } from "@mindminder/protocol/call-metadata.ts";
import type { MeetingResponse } from "@mindminder/protocol/http-api.ts";
import type { ListeningPeople } from "@mindminder/protocol/listening.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import { MeetingPointer } from "@mindminder/protocol/meeting-pointer.ts";
import { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { NOT_RECORDED, type RecordedCall } from "@mindminder/protocol/recorded-call.ts";
import { isFuller, keepFullTexts } from "./full-texts.ts";
import { isNewer, isWhereWeAre } from "./newest.ts";
import { Store } from "../store.ts";

export type KnownMeeting = {
  readonly meeting: MeetingSnapshot | null;
  /** Ring of an assembly whose meeting it is; null: it is the room's own. */
  readonly ring: number | null;
  readonly record: MeetingRecord | null;
  /** Version of the record that is to be had, as last heard. */
  readonly recordVersion: number;
  /** People in the call without a seat, as last heard. */
  readonly listening: ListeningPeople;
  /** People of whom the call is recorded that this page is in. */
  readonly recorded: RecordedCall;
  /** There is an assembly of many circles in the room, or was one not long ago. */
  readonly assembly: boolean;
  /** Hosts the guests of an assembly; null: that is as in the meeting. */
  readonly hosts: boolean | null;
  /** It runs: seats are given by it alone. */
  readonly inAssembly: boolean;
  /** False while the service does not answer; what is shown may then be old. */
  readonly reached: boolean;
  /** True when the last message could not be read; most likely it came from a newer service. */
  readonly unreadable: boolean;
};

const NOTHING: KnownMeeting = {
  meeting: null,
  ring: null,
  record: null,
  recordVersion: 0,
  listening: { version: 0, people: [] },
  recorded: NOT_RECORDED,
  assembly: false,
  hosts: null,
  inAssembly: false,
  reached: true,
  unreadable: false,
};

/** Tells whether the meeting is that of a ring, which its assembly begins, and fills. */
export function isOfRing({ ring, meeting }: Pick<KnownMeeting, "ring" | "meeting">): boolean {
  return ring !== null && meeting?.phase !== "ended";
}

type News = Pick<MeetingResponse, "meeting" | "ring" | "listening"> & { readonly record: number | null };

/** The one place that knows the meeting, from whichever source spoke last. What fails to parse is ignored, and said. */
export class MeetingStore extends Store<KnownMeeting> {
  constructor(initial: Partial<KnownMeeting> = {}) {
    super({ ...NOTHING, ...initial });
  }

  /** The service's answer; it was read at the door. */
  fromService(news: MeetingResponse): void {
    const { hosts = null, assembly = false, serverTime } = news;
    if (hosts !== this.get().hosts) this.set({ hosts });
    if (assembly !== this.get().assembly) this.set({ assembly });
    const { meeting: known, ring } = this.get();
    // An answer may be overtaken by news of the ring to which we were moved since.
    if (known && (news.ring ?? null) !== ring && (news.meeting?.at ?? serverTime) < known.at) return;
    this.#hear(news);
  }

  fromCall(metadata: string): void {
    if (metadata === "") return;
    const known = this.#read(CallMetadata, fromJson(metadata));
    if (!known) return;
    this.#hear(known);
    // The service alone knows when there is nothing to see of it any more.
    if (known.gathering && !this.get().assembly) this.set({ assembly: true });
    const { recorded = NOT_RECORDED } = known;
    if (JSON.stringify(recorded) !== JSON.stringify(this.get().recorded)) this.set({ recorded });
  }

  /** An empty object is a meeting event that was taken back; of an encrypted room's meeting the service alone tells. */
  fromRoom(content: unknown): void {
    if (isEmpty(content) || parsed(MeetingPointer, content)?.success) return;
    const { ring, meeting: known, inAssembly } = this.get();
    // Shows nobody in a ring what gathers beside it.
    if (ring !== null && (inAssembly || known?.phase !== "ended")) return;
    const meeting = this.#read(MeetingSnapshot, content);
    if (meeting) this.#hear({ meeting, record: null });
  }

  /** Hears of the meeting of the place where we are: of another ring, once we were moved to it. */
  #hear(news: News): void {
    const { meeting, record, listening, ring = null } = news;
    const known = this.get();
    if (ring === known.ring || known.meeting === null) {
      // Known first: whoever hears of the meeting asks whose it is.
      if (meeting && ring !== known.ring) this.set({ ring });
      this.#take(meeting, record);
    } else if (meeting && isWhereWeAre(meeting, ring, known.meeting)) {
      this.set({ meeting, ring, recordVersion: record ?? 0, listening: NOTHING.listening, unreadable: false });
    } else if (!meeting) {
      // A ring that never began ends without a word: its assembly was ended before.
      this.set({ ring });
    }
    this.#hearOf(listening);
  }

  /** Takes a list only if it is newer: one that arrives later by another way may be older. */
  #hearOf(listening: ListeningPeople | undefined): void {
    if (listening && listening.version > this.get().listening.version) this.set({ listening });
  }

  #take(meeting: MeetingSnapshot | null, recordVersion: number | null): void {
    const state = this.get();
    const newer = meeting !== null && (isNewer(meeting, state.meeting) || isFuller(meeting, state.meeting));
    const recordMoved = recordVersion !== null && recordVersion !== state.recordVersion;
    if (!newer && !recordMoved) return;
    // Of a meeting that has gone by, the record's number says nothing about the present one.
    const past = meeting !== null && meeting.id !== state.meeting?.id && !newer;
    this.set({
      ...(newer && { meeting: keepFullTexts(meeting, state.meeting), unreadable: false }),
      ...(recordMoved && !past && { recordVersion }),
    });
  }

  #read<T>(schema: z.ZodType<T>, input: unknown): T | null {
    const read = parsed(schema, input);
    if (read?.success) return read.data;
    console.info("A meeting's state could not be read and was ignored.", read?.error.issues.slice(0, 3));
    this.set({ unreadable: true });
    return null;
  }
}

/** Result of a schema; null where what it is given cannot even be compared, such as a length that is no number. */
function parsed<T>(schema: z.ZodType<T>, input: unknown) {
  try {
    return schema.safeParse(input);
  } catch {
    return null;
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isEmpty(content: unknown): boolean {
  return typeof content === "object" && content !== null && Object.keys(content).length === 0;
}
