import type { Meeting } from "../circle/meeting.ts";
import type { CorrectionMade } from "../protocol/correction.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { Growing, MeetingRecord, MinutesEntry, Utterance } from "../protocol/meeting-record.ts";
import { entryId, keyOf } from "../protocol/minutes-key.ts";
import type { TextChange } from "../protocol/text-change.ts";
import { corrected } from "./corrected.ts";
import type { DrawnGraph, FailedMinutes, RecordEvent, WaitingComment } from "./event.ts";
import { type KeptComment, reworded, shownComment, typed, withoutEdit, wordedBy } from "./kept-comment.ts";
import { remade } from "./remade.ts";
import { emptied, named, ordersIn, touchedIn, withoutWords } from "./taken-back.ts";

/** Once or twice is a slip of the hand, and the keeper's to know alone. */
export const TELL_ROOM_FROM = 3;

/** `circle`: where it became worth telling the room. */
export type OutOfTurnOfOne = { readonly times: number; readonly at: number; readonly circle: number | null };

/** Fold of the record's events. It is changed in place: one owner holds it. */
export class Record {
  version = 0;
  readonly utterances: Utterance[] = [];
  readonly heard = new Map<number, { readonly complete: boolean; readonly unheardSeconds?: number | undefined }>();
  /** Turns whose text came or comes late. */
  readonly late = new Set<number>();
  readonly comments: KeptComment[] = [];
  /** Comments that wait for the word of whoever typed them. */
  readonly waiting: WaitingComment[] = [];
  readonly minutes: MinutesEntry[] = [];
  readonly failed: FailedMinutes[] = [];
  readonly corrections: CorrectionMade[] = [];
  graph: DrawnGraph | null = null;
  /** Whose microphone was closed out of turn; no part of what everybody may see. */
  readonly outOfTurn = new Map<ParticipantId, OutOfTurnOfOne>();
  /** Who chose who hears them, and the circle in which they did so first. */
  readonly withheld = new Map<ParticipantId, { readonly circle: number | null }>();
  /** Turns whose speaker did so. */
  readonly withheldTurns = new Set<number>();
  /** Results that are being made anew. */
  readonly remaking = new Set<string>();
  /** Each time that the text of something said or typed became another. */
  readonly changes: TextChange[] = [];
  /** How many of these each result had before it when its making began. */
  readonly basis = new Map<string, number>();
  /** What is not finished, by its key; no event, for it is made again. */
  readonly growing = new Map<string, Growing>();
  /** Ids of what was taken back: nothing that rests on it keeps its words. */
  readonly gone = new Set<string>();
  /** The same in the order in which it was, with what was put into other words by whoever had typed it. */
  readonly takenBack: string[] = [];
  /** Whether words of it were taken back: from then on the journal is looked through for what rests on them. */
  tookBack = false;
  #growth = 0;
  readonly #longest = new Map<string, number>();

  add(event: RecordEvent): void {
    this.version += 1;
    switch (event.type) {
      case "utterance-heard":
        this.utterances.splice(placeOf(event.utterance, this.utterances), 0, event.utterance);
        break;
      case "turn-waits":
        this.late.add(event.turn);
        break;
      case "turn-heard":
        this.heard.set(event.turn, {
          complete: event.complete,
          ...(event.unheardSeconds ? { unheardSeconds: event.unheardSeconds } : {}),
        });
        break;
      case "comment-made":
        this.#dropWaiting(event.comment.id);
        this.comments.push(typed(event.comment));
        break;
      case "comment-waits":
        this.waiting.push({ id: event.id, who: event.who, circle: event.circle, turn: event.turn });
        break;
      case "comment-dropped":
        this.#dropWaiting(event.id);
        break;
      case "comment-edited":
        if (
          this.#change(
            (comment) => comment.id === event.id,
            (comment) => reworded(comment, event),
          )
        )
          this.takenBack.push(event.id);
        break;
      case "comment-edit-removed":
        this.#removeEdit(event.edit);
        break;
      case "comment-removed":
        this.#removeComment(event);
        break;
      case "taken-back":
        this.#takeBack(event);
        break;
      case "command-taken-back":
        this.#forgetWords(event.message);
        break;
      case "minutes-made":
        this.#made(event.entry, event.basis ?? this.changes.length);
        break;
      case "minutes-failed":
        this.#failedToMake({ plugin: event.plugin, about: event.about, error: event.error });
        break;
      case "minutes-redo":
        for (const { plugin, about } of event.results) this.#redo(keyOf(plugin, about));
        break;
      case "corrected":
        this.#correct(event);
        break;
      case "spoke-out-of-turn":
        this.#outOfTurn(event);
        break;
      // What cannot be uploaded takes no picture away that stands already.
      case "graph-drawn":
        this.graph = { ...event.drawn, picture: event.drawn.picture ?? this.graph?.picture ?? null };
        break;
    }
  }

  /** Shows what is being made as far as it has come. */
  grow(growing: Growing): void {
    this.#growth += 1;
    this.growing.set(keyOf(growing.plugin, growing.about), growing);
  }

  /** Read anew from the journal, it is no older than it was. */
  since(before: Record): this {
    this.#growth = Math.max(before.shown + 1 - this.version, 0);
    return this;
  }

  /** What a reader of the record compares to know whether it has changed. */
  get shown(): number {
    return this.version + this.#growth;
  }

  has(utteranceId: string): boolean {
    return this.utterances.some(({ id }) => id === utteranceId);
  }

  /** How long its text ever was: by this it keeps its place in a message of several parts. */
  longest({ id, text }: Utterance): number {
    return Math.max(this.#longest.get(id) ?? 0, text.length);
  }

  #dropWaiting(id: string): void {
    this.waiting.splice(0, Infinity, ...this.waiting.filter((each) => each.id !== id));
  }

  /** As long as it, or what an edit left of it, may still be seen some day. */
  comment(id: string): KeptComment | null {
    return this.comments.find((comment) => comment.id === id && comment.versions.length > 0) ?? null;
  }

  /** Whether one of the comments was put into other words by that event. */
  hasEdit(edit: string): boolean {
    return this.comments.some((comment) => wordedBy(comment, edit));
  }

  #made(made: MinutesEntry, basis: number): void {
    const entry = withoutWords(made, this.gone);
    const key = keyOf(entry.madeBy.plugin, entry.about);
    this.growing.delete(key);
    this.remaking.delete(key);
    this.basis.set(key, basis);
    const place = this.minutes.findIndex(({ madeBy, about }) => keyOf(madeBy.plugin, about) === key);
    const before = this.minutes[place];
    if (before) this.minutes[place] = remade(before, entry, this.corrections);
    else this.minutes.push(entry);
  }

  #failedToMake(failure: FailedMinutes): void {
    const key = keyOf(failure.plugin, failure.about);
    this.remaking.delete(key);
    this.growing.delete(key);
    this.failed.push(failure);
  }

  #redo(key: string): void {
    this.remaking.add(key);
    this.failed.splice(0, Infinity, ...this.failed.filter(({ plugin, about }) => keyOf(plugin, about) !== key));
  }

  #removeComment({ id, by }: Extract<RecordEvent, { type: "comment-removed" }>): void {
    const place = this.comments.findIndex((comment) => comment.id === id && comment.versions.length > 0);
    const found = this.comments[place];
    if (!found) return;
    this.comments[place] = { ...found, text: "", removed: true, versions: [] };
    this.#forgetWords(id);
    this.changes.push({
      of: "comments",
      about: { kind: "turn", circle: found.circle, turn: found.turn ?? 0, participant: found.who },
      by: by ?? found.who,
    });
  }

  /** What stood before it stands again; what was made of it does not. */
  #removeEdit(edit: string): void {
    const id = this.comments.find((comment) => wordedBy(comment, edit))?.id;
    this.#change(
      (comment) => wordedBy(comment, edit),
      (comment) => withoutEdit(comment, edit),
    );
    if (id === undefined) return;
    this.#forgetWords(id);
    this.gone.delete(id);
  }

  #takeBack({ id, by, name, at, door }: Omit<Extract<RecordEvent, { type: "taken-back" }>, "type">): void {
    const place = this.utterances.findIndex((utterance) => utterance.id === id);
    const found = this.utterances[place];
    if (!found) return;
    this.#longest.set(id, this.longest(found));
    this.utterances[place] = { ...found, text: "", segments: ordersIn(found.segments) };
    this.#forgetWords(id);
    this.corrections.push({ of: "utterance", id, by, name, at, door, before: "", after: "" });
    this.changes.push({
      of: "transcript",
      about: { kind: "turn", circle: found.circle, turn: found.turn, participant: found.speaker },
      by,
    });
  }

  /** All that rests on it, and what people made of that. A summary that people wrote and that rests on it is made anew. */
  #forgetWords(id: string): void {
    this.tookBack = true;
    this.gone.add(id);
    this.takenBack.push(id);
    const touched = new Set([named("utterance", id), ...this.minutes.flatMap((entry) => touchedIn(entry, this.gone))]);
    const isTouched = (made: CorrectionMade) => touched.has(named(made.of, made.id));
    const byHand = new Set(
      this.corrections.filter((made) => made.of === "summary" && isTouched(made)).map((made) => made.id),
    );
    const left = (entry: MinutesEntry) =>
      byHand.has(entryId(entry)) || entry.result.form === "note" || entry.result.form === "graph"
        ? emptied(entry)
        : withoutWords(entry, this.gone);
    this.minutes.splice(0, Infinity, ...this.minutes.map(left));
    this.corrections.splice(0, Infinity, ...this.corrections.filter((made) => !isTouched(made)));
    this.growing.clear();
    if (this.graph) this.graph = { ...this.graph, state: "", central: [], picture: null };
  }

  #correct(event: Extract<RecordEvent, { type: "corrected" }>): void {
    // So it was noted before there was a word for it: whoever emptied what they had said took it back.
    if (
      event.change.of === "utterance" &&
      event.change.text === "" &&
      this.utterances.some(({ id, speaker }) => id === event.change.id && speaker === event.by)
    ) {
      return this.#takeBack({ ...event, id: event.change.id });
    }
    const change = corrected(this, event);
    if (!change) return;
    if (event.change.of === "utterance") this.gone.delete(event.change.id);
    const { utterance, entry, made } = change;
    this.corrections.push(made);
    if (utterance) {
      this.#longest.set(utterance.before.id, this.longest(utterance.before));
      this.utterances[this.utterances.indexOf(utterance.before)] = utterance.after;
      const { turn, circle, speaker: participant } = utterance.after;
      this.changes.push({ of: "transcript", about: { kind: "turn", circle, turn, participant }, by: event.by });
    }
    if (entry) this.minutes[this.minutes.indexOf(entry.before)] = entry.after;
  }

  #outOfTurn({ who, at, circle, what, turn }: Extract<RecordEvent, { type: "spoke-out-of-turn" }>): void {
    if (turn !== undefined) this.withheldTurns.add(turn);
    if (what === "sound-withheld" && !this.withheld.has(who)) this.withheld.set(who, { circle });
    const before = this.outOfTurn.get(who) ?? { times: 0, circle };
    const times = before.times + 1;
    // Where it happened for the third time, its message stands: later ones change only that.
    this.outOfTurn.set(who, { times, at, circle: times <= TELL_ROOM_FROM ? circle : before.circle });
  }

  /** Whether it has other words now. */
  #change(which: (comment: KeptComment) => boolean, change: (comment: KeptComment) => KeptComment): boolean {
    const place = this.comments.findIndex((comment) => which(comment) && comment.versions.length > 0);
    const found = this.comments[place];
    if (!found) return false;
    const changed = change(found);
    this.comments[place] = changed;
    if (changed.text === found.text) return false;
    this.changes.push({
      of: "comments",
      about: { kind: "turn", circle: found.circle, turn: found.turn ?? 0, participant: found.who },
      by: found.who,
    });
    return true;
  }
}

/** In the order in which things were said: text may come late, and then not last. */
function placeOf({ turn, startedAt }: Utterance, utterances: readonly Utterance[]): number {
  const before = utterances.findLastIndex(
    (other) => other.turn < turn || (other.turn === turn && other.startedAt <= startedAt),
  );
  return before + 1;
}

/** The record as the minutes see it: what is to be made anew is not there, and it is known what has changed since the rest was made. */
export function recordForMinutes(
  meeting: Meeting,
  record: Record,
): MeetingRecord & { readonly changes: readonly TextChange[]; readonly basis: ReadonlyMap<string, number> } {
  const view = recordOf(meeting, record);
  return {
    ...view,
    changes: [...record.changes],
    basis: new Map(record.basis),
    minutes: view.minutes.filter(({ madeBy, about }) => !record.remaking.has(keyOf(madeBy.plugin, about))),
  };
}

/** What grows with each change of the record. */
export function versionOf(meeting: Meeting, record: Record): number {
  return record.shown + meeting.ended.length;
}

/** The record as everybody may see it. Turns that nobody took are left out: there was nothing to hear in them. */
export function recordOf(meeting: Meeting, record: Record): MeetingRecord {
  return {
    version: versionOf(meeting, record),
    utterances: [...record.utterances],
    comments: record.comments.filter(({ removed }) => !removed).map(shownComment),
    turns: meeting.ended
      .filter(({ startedAt }) => startedAt !== null)
      .map(({ spentMs, ...turn }) => ({
        ...turn,
        spokenMs: spentMs,
        heard: record.heard.has(turn.id),
        ...(record.withheldTurns.has(turn.id) ? { withheld: true as const } : {}),
      })),
    minutes: [...record.minutes],
    remaking: [...record.remaking],
    corrections: [...record.corrections],
    ...(record.growing.size > 0 ? { growing: [...record.growing.values()] } : {}),
  };
}
