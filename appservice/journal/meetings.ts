import type { Command } from "../circle/command.ts";
import { nextDeadline } from "../circle/clock.ts";
import { mayBeWritten } from "../circle/agreement.ts";
import { soughtOf } from "../circle/agreement-rulings.ts";
import { decide } from "../circle/decide.ts";
import { type Ruling, refuse } from "../circle/ruling.ts";
import type { CircleEvent } from "../circle/event.ts";
import { evolve } from "../circle/evolve.ts";
import type { Meeting } from "../circle/meeting.ts";
import { insider } from "../protocol/actor.ts";
import type { Shown } from "../protocol/agreement.ts";
import type { Correction } from "../protocol/correction.ts";
import { type Language, MeetingId, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { Growing, MinutesEntry, MinutesResult } from "../protocol/meeting-record.ts";
import { type Corrector, decideRecord, type RecordCommand } from "../record/decide.ts";
import { type Drafts, draftsAfter, NO_DRAFTS, withDraft } from "../record/drafts.ts";
import { evolveRecord } from "../record/evolve.ts";
import type { JournalEntry } from "./entry.ts";
import type { Journal, PastMeeting } from "./journal.ts";
import { LastUsed } from "./last-used.ts";
import type { RecordEvent } from "../record/event.ts";
import { EMPTY_RECORD, type RecordState } from "../record/state.ts";
import type { UnitOfWork } from "../store/unit-of-work.ts";
import type { Withdrawal } from "../store/withdrawals.ts";
import { randomBytes } from "../time/chance.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, nextTurn, startTimer } from "../time/time.ts";

/** A room's current or last meeting, its record, and what of its minutes is being made; as they were at one moment. */
export type LiveMeeting = { readonly meeting: Meeting; readonly record: RecordState; readonly drafts: Drafts };

/** Hears, after the journal has it, of the meeting as it now is and of its newest events. */
export type Listener = (live: LiveMeeting, happened: readonly JournalEntry[]) => void;

export type TakenUp = Extract<CircleEvent, { type: "meeting-taken-up" }>;

/** `seq`: number of its entries. */
type Held = LiveMeeting & { readonly seq: number };

export type MeetingsDeps = {
  readonly journal: Journal;
  readonly now: () => number;
  /** Language of the room, for a meeting that begins in it. */
  readonly languageOf: (room: RoomId) => Language;
  /** Items that people are shown before they say whether their words may be written down; left out: nobody is asked. */
  readonly asks?: Shown;
  readonly onUnreadable: (meeting: MeetingId, error: Error) => void;
  /** Hears of each command and its outcome. */
  readonly onDecided?: (command: Command, decision: Ruling) => void;
  /** Hears why the journal could not be written; true where that is seen to, and `goOn` will be called. */
  readonly onNotKept?: (error: unknown) => boolean;
};

/** A meeting that is over is kept at hand this long: its last words and its minutes may still be on their way. */
const KEPT_AFTER_MS = 24 * 3600_000;
/** Most meetings that are looked at: as many as a room's graph is made of, and some. */
const MOST_LOOKED_AT = 30;

/**
 * All meetings of this service: takes commands, writes what they bring about into the journal, lets time have its say,
 * and tells the projections. The only writer of the journal.
 */
export class Meetings {
  readonly #held = new Map<MeetingId, Held>();
  /** Meetings that are long over; nobody changes them. */
  readonly #lookedAt = new LastUsed<MeetingId, Held>(MOST_LOOKED_AT);
  readonly #newest = new Map<RoomId, MeetingId>();
  readonly #timers = new Map<MeetingId, Timer>();
  readonly #listeners: Listener[] = [];
  /** Entries that are written with the open unit, of which nobody has been told. */
  #untold: { readonly id: MeetingId; readonly entries: readonly JournalEntry[] }[] = [];
  readonly #options: MeetingsDeps;
  readonly #unit: UnitOfWork;
  /** Changes that happened while the journal could not be written, and that nobody can be asked to make again. */
  #later: (() => void)[] = [];
  #stopped = false;
  #tookBack = false;

  constructor(options: MeetingsDeps) {
    this.#options = options;
    this.#unit = options.journal.unit;
    for (const { id, room } of options.journal.recent(options.now() - KEPT_AFTER_MS)) this.#load(id, room);
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Lets time run from here on: events that fell due while the service was away happen now. */
  start(): void {
    for (const room of this.#newest.keys()) this.send(room, { type: "clock", at: this.#options.now() });
    for (const room of this.#newest.keys()) this.#askAgreement(room);
  }

  /** A meeting that runs asks what is to be asked now: after an upgrade, or with another configuration. */
  #askAgreement(room: RoomId): void {
    const { asks, now } = this.#options;
    if (asks) this.send(room, { type: "ask-agreement", asks, at: now() });
  }

  /**
   * Applies withdrawals to meetings of an older database: words of people who have withdrawn since are not to be
   * written.
   */
  withdraw(withdrawals: readonly Withdrawal[]): void {
    for (const each of withdrawals) {
      const meeting = each.what === "words" ? this.#held.get(each.meeting)?.meeting : undefined;
      if (!meeting?.agreement || this.#newest.get(meeting.roomId) !== meeting.id || !mayBeWritten(meeting, each.who))
        continue;
      const since = meeting.agreement.answers.find(({ who }) => who === each.who)?.at ?? 0;
      if (since <= each.at)
        this.send(meeting.roomId, {
          type: "agree",
          agreed: false,
          shown: meeting.agreement.asks,
          actor: insider(each.who, each.who, "service"),
          expectedVersion: null,
          at: this.#options.now(),
        });
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimer(timer);
  }

  /** The room's current meeting, or its last. */
  of(room: RoomId): LiveMeeting | null {
    const id = this.#newest.get(room);
    return id === undefined ? null : (this.#held.get(id) ?? null);
  }

  /** Room of a meeting at hand. */
  roomOf(meeting: MeetingId): RoomId | null {
    return this.#held.get(meeting)?.meeting.roomId ?? null;
  }

  /** Meetings at hand, also those whose room has a newer one. */
  all(): LiveMeeting[] {
    return [...this.#held.values()];
  }

  isNewest({ meeting }: LiveMeeting): boolean {
    return this.#newest.get(meeting.roomId) === meeting.id;
  }

  /** Asks something of the room's meeting. A person who joins or starts where none is on begins a new one. */
  send(room: RoomId, command: Exclude<Command, { type: "gather" }>): Ruling {
    try {
      return this.#unit.run(() => this.#decide(room, command));
    } catch (error) {
      if (!this.#isSeenTo(error)) throw error;
      // People are told that it was not done, so it is not done later.
      if (!("actor" in command) && command.type !== "clock")
        this.#later.push(() => this.send(room, { ...command, at: this.#options.now() }));
      const decision = refuse("not-kept");
      this.#options.onDecided?.(command, decision);
      return decision;
    }
  }

  /** Makes the changes that waited, since the journal can be written again. */
  goOn(): void {
    const later = this.#later;
    this.#later = [];
    for (const happened of later) happened();
    this.start();
  }

  #decide(room: RoomId, command: Exclude<Command, { type: "gather" }>): Ruling {
    if (command.type === "join" || command.type === "start") this.#gatherIfNone(room);
    const live = this.of(room);
    const decision = decide(live?.meeting ?? null, command);
    this.#unit.afterCommit(() => this.#options.onDecided?.(command, decision));
    if (decision.accepted && live)
      this.#append(
        live.meeting.id,
        room,
        decision.events.map((event) => ({ ...circleEntry(event), ...broughtBy(command) })),
      );
    return decision;
  }

  /** The meetings of a room that were begun, the newest first. */
  past(room: RoomId): Promise<PastMeeting[]> {
    return this.#options.journal.past(room);
  }

  /**
   * Any meeting of a room. One that is long over is read whole, on this thread, while all others wait: for those who
   * have to go on at once.
   */
  readNow(room: RoomId, id: MeetingId): LiveMeeting | null {
    const held = this.#held.get(id) ?? (this.#options.journal.roomOf(id) === room ? this.#read(id) : null);
    return held?.meeting.roomId === room ? held : null;
  }

  /** The same bit by bit, for those who can wait; the meetings read last are kept, and not read again while they are as they were. */
  async readByAndBy(room: RoomId, id: MeetingId): Promise<LiveMeeting | null> {
    const { journal } = this.#options;
    const held = this.#held.get(id);
    if (held || journal.roomOf(id) !== room) return held?.meeting.roomId === room ? held : null;
    const known = this.#lookedAt.get(id);
    const live = known?.seq === journal.lengthOf(id) ? known : await this.#readByAndBy(id);
    if (live) this.#lookedAt.keep(id, live);
    return live;
  }

  async #readByAndBy(id: MeetingId): Promise<Held | null> {
    try {
      const read = fold(null, await this.#options.journal.readByAndBy(id));
      // Lets others have their turn before anything is made of it.
      await nextTurn();
      return read;
    } catch (error) {
      this.#options.onUnreadable(id, error instanceof Error ? error : new Error(String(error)));
      return null;
    }
  }

  /** Tells whether words went out of the journal since the last call. */
  tookBack(): boolean {
    const did = this.#tookBack;
    this.#tookBack = false;
    return did;
  }

  /** Takes away the meetings of a room of which nothing happened since a moment, and returns them. One that goes on stays whole. */
  async forgetBefore(room: RoomId, moment: number): Promise<MeetingId[]> {
    const { journal, now } = this.#options;
    const gone: MeetingId[] = [];
    for (const id of journal.begunBefore(room, moment)) {
      const meeting = (await this.readByAndBy(room, id))?.meeting;
      const goesOn = meeting?.phase === "circle" || meeting?.phase === "between";
      if (goesOn || (meeting && (meeting.endedAt ?? meeting.at) >= moment)) continue;
      journal.forget(id, now());
      this.#stopClock(id);
      this.#held.delete(id);
      this.#lookedAt.forget(id);
      if (this.#newest.get(room) === id) this.#newest.delete(room);
      gone.push(id);
    }
    return gone;
  }

  /** Meetings in which words were taken back of which the room may still hold some, at hand again. */
  unwritten(): LiveMeeting[] {
    return this.#options.journal.unwritten().flatMap((id) => this.bringBack(id) ?? []);
  }

  written(meeting: MeetingId): void {
    this.#options.journal.written(meeting);
  }

  /** Words typed in a command, as far as they are still known. */
  commandWords(meeting: MeetingId, message: string): string[] {
    return this.#options.journal.commandWords(meeting, message);
  }

  /** Takes the words of a command back; the command itself stays done. */
  takeBackCommand(meeting: MeetingId, message: string, by: ParticipantId): void {
    const live = this.bringBack(meeting);
    if (!live) return;
    const at = Math.max(this.#options.now(), live.meeting.at);
    this.#append(meeting, live.meeting.roomId, [
      circleEntry({ type: "words-taken-back", at, by, message }),
      { kind: "record", event: { type: "command-taken-back", message } },
    ]);
  }

  /** The meeting of a room to whose record a message belongs, as a comment or as an edit of one, however long it is over. */
  withMessage(room: RoomId, eventId: string): LiveMeeting | null {
    const id = this.#options.journal.meetingWithMessage(room, eventId);
    return id === null ? null : this.readNow(room, id);
  }

  /** Goes on with a meeting as the room has it; see `takenUp`. */
  takeUp(event: TakenUp): void {
    this.#append(event.snapshot.id, event.snapshot.roomId, [circleEntry(event)]);
    this.#askAgreement(event.snapshot.roomId);
  }

  /** Corrects something in a meeting's record. */
  correct(live: LiveMeeting, change: Correction, seen: number | null, who: Corrector): Ruling<RecordEvent> {
    return this.#decideRecord(live, { type: "correct", change, seen, ...who });
  }

  /** Asks for the minutes to be made anew. */
  redo(live: LiveMeeting, forms: readonly MinutesResult["form"][] | null, who: Corrector): Ruling<RecordEvent> {
    return this.#decideRecord(live, { type: "redo", forms, ...who });
  }

  /** Has results made anew that rest on corrected words. */
  refresh(meeting: MeetingId, outdated: readonly MinutesEntry[]): void {
    const live = this.#held.get(meeting);
    const ruling = live && decideRecord(live, { type: "refresh", outdated, at: this.#options.now() });
    if (ruling?.accepted) for (const event of ruling.events) this.note(meeting, event);
  }

  #decideRecord(live: LiveMeeting, command: RecordCommand): Ruling<RecordEvent> {
    const { meeting } = live;
    const decision = decideRecord(this.#held.get(meeting.id) ?? live, command);
    if (!decision.accepted || decision.events.length === 0) return decision;
    try {
      this.bringBack(meeting.id);
      this.#append(
        meeting.id,
        meeting.roomId,
        decision.events.map((event) => ({ kind: "record" as const, event, ...broughtBy(command) })),
      );
      return decision;
    } catch (error) {
      if (!this.#isSeenTo(error)) throw error;
      return { accepted: false, refusal: { code: "not-kept", detail: {} } };
    }
  }

  /**
   * Any meeting, at hand from now on, for a change to it; read as by `readNow` where it was not. A word that waited for
   * its text comes late, and is not lost.
   */
  bringBack(id: MeetingId): LiveMeeting | null {
    const held = this.#held.get(id) ?? (this.#options.journal.roomOf(id) === null ? null : this.#read(id));
    if (held) this.#held.set(id, held);
    return held;
  }

  /** Adds to the record of a meeting, which may be over. */
  note(meeting: MeetingId, event: RecordEvent): void {
    const live = this.bringBack(meeting);
    if (!live) return;
    try {
      this.#append(meeting, live.meeting.roomId, [{ kind: "record", event }]);
    } catch (error) {
      if (!this.#isSeenTo(error)) throw error;
      this.#later.push(() => this.note(meeting, event));
    }
  }

  /** Tells whether somebody goes on with it later. Inside a unit its opener does: all of it is done again. */
  #isSeenTo(error: unknown): boolean {
    return !this.#unit.open && (this.#options.onNotKept?.(error) ?? false);
  }

  /** Shows something of the minutes that is not finished. The journal does not hear of it. */
  grow(meeting: MeetingId, growing: Growing): void {
    const held = this.#held.get(meeting);
    if (!held) return;
    const grown = { ...held, drafts: withDraft(held.drafts, growing) };
    this.#held.set(meeting, grown);
    this.#tell(grown, []);
  }

  #gatherIfNone(room: RoomId): void {
    const before = this.of(room)?.meeting;
    if (before && before.phase !== "ended") return;
    const at = Math.max(this.#options.now(), before?.at ?? 0);
    const id = newMeetingId();
    const gathered = decide(null, {
      type: "gather",
      id,
      roomId: room,
      language: this.#options.languageOf(room),
      at,
      ...(this.#options.asks && { asks: this.#options.asks }),
    });
    if (!gathered.accepted) return;
    // People who are still in the call sit in the new circle without joining again.
    const stayed = (before?.people ?? []).filter(({ presence }) => presence === "call");
    const joined = stayed.map(
      ({ id: who, name }): CircleEvent => ({ type: "person-joined", who, name, presence: "call", at }),
    );
    this.#forgetLongEnded(at);
    const sought = this.#options.asks ? stayed.map(({ id: who, name }) => soughtOf(who, name, at)) : [];
    this.#append(id, room, [...gathered.events, ...joined, ...sought].map(circleEntry));
  }

  #append(id: MeetingId, room: RoomId, entries: readonly JournalEntry[]): void {
    if (entries.length > 0) this.#unit.run(() => this.#write(id, room, entries));
    else if (this.#held.has(id)) this.#unit.afterCommit(() => this.#armClock(id));
  }

  #write(id: MeetingId, room: RoomId, entries: readonly JournalEntry[]): void {
    const { journal, now } = this.#options;
    const before = this.#held.get(id) ?? null;
    journal.append(id, room, before?.seq ?? 0, entries, now());
    const after = fold(before, entries);
    this.#hold(id, room, before, after);
    if (after.record.tookBack && entries.some(isOfWords)) {
      journal.forgetTakenBack(id);
      this.#unit.afterCommit(() => void (this.#tookBack = true));
    }
    const untold = this.#untold;
    this.#untold = [...untold, { id, entries }];
    this.#unit.onRollback(() => void (this.#untold = untold));
    this.#unit.afterCommit(() => this.#tellUntold());
  }

  /** Holds a meeting for the rest of the unit, which sees it; where the unit comes to nothing, all is as it was. */
  #hold(id: MeetingId, room: RoomId, before: Held | null, after: Held): void {
    const newest = this.#newest.get(room);
    this.#held.set(id, after);
    if (!before) this.#newest.set(room, id);
    this.#unit.onRollback(() => {
      if (before) return void this.#held.set(id, before);
      this.#held.delete(id);
      if (newest === undefined) this.#newest.delete(room);
      else this.#newest.set(room, newest);
    });
  }

  /** Tells of each meeting once, when all is written: as it is now, with all that happened to it. */
  #tellUntold(): void {
    const happened = new Map<MeetingId, JournalEntry[]>();
    for (const { id, entries } of this.#untold) happened.set(id, [...(happened.get(id) ?? []), ...entries]);
    this.#untold = [];
    for (const [id, entries] of happened) {
      const held = this.#held.get(id);
      if (!held) continue;
      this.#armClock(id);
      this.#tell(held, entries);
    }
  }

  /** Tells the listeners; one that throws keeps no other from being told. */
  #tell(live: LiveMeeting, happened: readonly JournalEntry[]): void {
    for (const listener of this.#listeners) this.#unit.tell(() => listener(live, happened));
  }

  #armClock(id: MeetingId): void {
    this.#stopClock(id);
    const meeting = this.#held.get(id)?.meeting;
    const due = meeting ? nextDeadline(meeting) : null;
    if (!meeting || due === null || this.#stopped) return;
    const tick = () => this.send(meeting.roomId, { type: "clock", at: this.#options.now() });
    // Node's timers hold at most 2^31 ms; a later deadline is looked at again on the way.
    this.#timers.set(id, startTimer(tick, Math.min(Math.max(0, due - this.#options.now()), 2 ** 31 - 1)));
  }

  #stopClock(id: MeetingId): void {
    clearTimer(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #load(id: MeetingId, room: RoomId): void {
    const held = this.#read(id);
    if (!held) return;
    this.#held.set(id, held);
    this.#newest.set(room, id);
  }

  #read(id: MeetingId): Held | null {
    try {
      return fold(null, this.#options.journal.read(id));
    } catch (error) {
      this.#options.onUnreadable(id, error instanceof Error ? error : new Error(String(error)));
      return null;
    }
  }

  #forgetLongEnded(now: number): void {
    for (const [id, { meeting }] of this.#held) {
      const over = meeting.endedAt !== null && meeting.endedAt < now - KEPT_AFTER_MS;
      if (over && this.#newest.get(meeting.roomId) !== id) this.#held.delete(id);
    }
  }
}

function fold(before: Held | null, entries: readonly JournalEntry[]): Held {
  let meeting = before?.meeting ?? null;
  let record = before?.record ?? EMPTY_RECORD;
  let drafts = before?.drafts ?? NO_DRAFTS;
  for (const entry of entries) {
    if (entry.kind === "circle") meeting = evolve(meeting, entry.event);
    else {
      const after = evolveRecord(record, entry.event);
      drafts = draftsAfter(drafts, entry.event, record, after);
      record = after;
    }
  }
  if (!meeting) throw new Error("a journal without events has no meeting");
  return { meeting, record, drafts, seq: (before?.seq ?? 0) + entries.length };
}

/** Tells whether, after it, words of before it may have to go out of the journal. */
function isOfWords({ event: { type } }: JournalEntry): boolean {
  return [
    "comment-removed",
    "comment-edit-removed",
    "taken-back",
    "command-taken-back",
    "minutes-made",
    "graph-drawn",
  ].includes(type);
}

function broughtBy(command: Command | RecordCommand): Pick<JournalEntry, "actor"> {
  return "actor" in command ? { actor: command.actor } : {};
}

function circleEntry(event: CircleEvent): JournalEntry {
  return { kind: "circle", event };
}

function newMeetingId(): MeetingId {
  return MeetingId.parse(`m${randomBytes(8).toString("hex")}`);
}
