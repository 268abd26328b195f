import { z } from "zod";
import type { Meeting } from "../circle/meeting.ts";
import { About, Comment, type MeetingRecord, MinutesEntry, Utterance } from "../protocol/meeting-record.ts";

/** What came out of a meeting, as it is written into the journal beside the circle's events. */
export const RecordEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("utterance-heard"), utterance: Utterance }),
  /** All text of a turn has arrived. `complete` is false when some of it could not be had. */
  z.object({ type: z.literal("turn-heard"), turn: z.number().int().positive(), complete: z.boolean() }),
  z.object({ type: z.literal("comment-made"), comment: Comment }),
  z.object({ type: z.literal("comment-edited"), id: z.string(), text: z.string().max(2_000) }),
  z.object({ type: z.literal("comment-removed"), id: z.string() }),
  z.object({ type: z.literal("minutes-made"), entry: MinutesEntry }),
  z.object({ type: z.literal("minutes-failed"), plugin: z.string(), about: About, error: z.string() }),
]);
export type RecordEvent = z.infer<typeof RecordEvent>;

export type FailedMinutes = Omit<Extract<RecordEvent, { type: "minutes-failed" }>, "type">;

/** `longest`: how long its text ever was. What was taken back leaves an empty place, so that its message can be emptied, too. */
export type KeptComment = Comment & { readonly removed: boolean; readonly longest: number };

/** Fold of the record's events. Lists are appended to in place: a record only grows, and one owner holds it. */
export class Record {
  version = 0;
  readonly utterances: Utterance[] = [];
  readonly heard = new Map<number, { complete: boolean }>();
  readonly comments: KeptComment[] = [];
  readonly minutes: MinutesEntry[] = [];
  readonly failed: FailedMinutes[] = [];

  add(event: RecordEvent): void {
    this.version += 1;
    switch (event.type) {
      case "utterance-heard": this.utterances.push(event.utterance); break;
      case "turn-heard": this.heard.set(event.turn, { complete: event.complete }); break;
      case "comment-made": this.comments.push({ ...event.comment, removed: false, longest: event.comment.text.length }); break;
      case "comment-edited": this.#change(event.id, (comment) => ({ ...comment, text: event.text, longest: Math.max(comment.longest, event.text.length) })); break;
      case "comment-removed": this.#change(event.id, (comment) => ({ ...comment, text: "", removed: true })); break;
      case "minutes-made": this.minutes.push(event.entry); break;
      case "minutes-failed": this.failed.push({ plugin: event.plugin, about: event.about, error: event.error }); break;
    }
  }

  has(utteranceId: string): boolean {
    return this.utterances.some(({ id }) => id === utteranceId);
  }

  comment(id: string): KeptComment | null {
    return this.comments.find((comment) => comment.id === id && !comment.removed) ?? null;
  }

  #change(id: string, change: (comment: KeptComment) => KeptComment): void {
    const place = this.comments.findIndex((comment) => comment.id === id && !comment.removed);
    const found = this.comments[place];
    if (found) this.comments[place] = change(found);
  }
}

/** The record as everybody may see it. Turns that nobody took are left out: there was nothing to hear in them. */
export function recordOf(meeting: Meeting, record: Record): MeetingRecord {
  return {
    version: record.version + meeting.ended.length,
    utterances: [...record.utterances],
    comments: record.comments.filter(({ removed }) => !removed).map(({ removed: _, longest: __, ...comment }) => comment),
    turns: meeting.ended
      .filter(({ startedAt }) => startedAt !== null)
      .map(({ spentMs, ...turn }) => ({ ...turn, spokenMs: spentMs, heard: record.heard.has(turn.id) })),
    minutes: [...record.minutes],
  };
}
