import type { Command } from "../circle/command.ts";
import { decide } from "../circle/decide.ts";
import { type Ruling, refuse } from "../circle/ruling.ts";
import { type CirclePlace, placeIn, type RingPlace, roomAt } from "../protocol/place.ts";
import type { Meeting } from "../circle/meeting.ts";
import type { CircleEvent } from "../circle/event.ts";
import type { Correction } from "../protocol/correction.ts";
import type { EventId, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { mayBeKeeper } from "../protocol/rights.ts";
import type { Growing, MinutesEntry, MinutesResult } from "../protocol/meeting-record.ts";
import type { Pot } from "../protocol/pot.ts";
import type { Corrector } from "../record/decide.ts";
import { withDraft } from "../record/drafts.ts";
import type { RecordEvent } from "../record/event.ts";
import { Absences } from "./absences.ts";
import { Announcer } from "./announcer.ts";
import { Deadlines } from "./deadlines.ts";
import { broughtBy, circleEntry } from "./entry.ts";
import { type Forgettable, forgetBefore, lastEndOf } from "./forget-before.ts";
import { gatheredAfter, newMeetingId } from "./gather.ts";
import type { PastMeeting } from "./past-meetings.ts";
import { refusedInGroup } from "./given-by-assembly.ts";
import { type Listener, type LiveMeeting, placeOf } from "./live-meeting.ts";
import { MeetingWriter } from "./meeting-writer.ts";
import { MeetingsAtHand } from "./meetings-at-hand.ts";
import type { MeetingsDeps } from "./meetings-deps.ts";
import { byTurns } from "./parts-of-work.ts";
import { type Kept, RecordChanges } from "./record-changes.ts";
import { type StandingAgreement, withStanding } from "./standing-agreement.ts";
import { UnkeptChanges } from "./unkept-changes.ts";
import { WordsLeaving } from "./words-leaving.ts";

export type TakenUp = Extract<CircleEvent, { type: "meeting-taken-up" }>;

const NOBODY: StandingAgreement = () => null;

/**
 * All meetings of this service: takes commands, writes what they bring about into the journal, lets time have its say,
 * and tells the projections. The only writer of the journal.
 */
export class Meetings {
  readonly #options: MeetingsDeps;
  readonly #atHand: MeetingsAtHand;
  readonly #deadlines: Deadlines;
  readonly #announcer: Announcer;
  readonly #writer: MeetingWriter;
  readonly #records: RecordChanges;
  readonly #unkept: UnkeptChanges;
  readonly #absences: Absences | null;
  readonly #leaving: WordsLeaving;

  constructor(options: MeetingsDeps) {
    const { journal, now, pulse } = options;
    this.#options = options;
    this.#unkept = new UnkeptChanges(journal.unit, options.onNotKept);
    const atHand = new MeetingsAtHand(options);
    const deadlines = new Deadlines(now, (id) => this.#tickMeeting(id));
    const announcer = new Announcer({
      unit: journal.unit,
      liveOf: (id) => atHand.get(id),
      onWritten: ({ meeting }) => deadlines.arm(meeting),
    });
    const onFailed = (error: unknown) => journal.unit.tell(() => this.#unkept.throwUnlessSeenTo(error));
    const leaving = new WordsLeaving({ journal, onFailed });
    const writer = new MeetingWriter({ journal, now, atHand, deadlines, announcer, leaving });
    this.#records = new RecordChanges({ journal, now, atHand, writer, announcer, leaving, unkept: this.#unkept });
    this.#leaving = leaving;
    const newest = () => atHand.places().flatMap((place) => atHand.of(place) ?? []);
    const giveBack = (live: LiveMeeting, since: number) =>
      void this.#decide(placeOf(live), { type: "service-returned", since, at: now() });
    this.#absences = pulse ? new Absences({ pulse, newest, giveBack, look: () => this.#tickAll() }) : null;
    [this.#atHand, this.#deadlines, this.#announcer, this.#writer] = [atHand, deadlines, announcer, writer];
  }

  listen(listener: Listener): void {
    this.#announcer.listen(listener);
  }

  /** Lets time run from here on. Nothing fell due while the service could hear nobody. */
  start(): void {
    this.#absences?.start();
    this.#leaving.start();
    this.#tickAll();
    for (const place of this.#atHand.places()) this.#askAgreement(place);
  }

  #tickAll(): void {
    for (const place of this.#atHand.places()) this.#tick(place);
  }

  #tickMeeting(id: MeetingId): void {
    const live = this.#atHand.get(id);
    if (live && this.#atHand.isNewest(live)) this.#tick(placeOf(live));
  }

  #tick(place: CirclePlace): void {
    this.send(place, { type: "clock", at: this.#options.now() });
  }

  /** A meeting that runs asks what is to be asked now: after an upgrade, or with another configuration. */
  #askAgreement(place: CirclePlace): void {
    const { asksIn, now } = this.#options;
    if (asksIn) this.send(place, { type: "ask-agreement", asks: asksIn(roomAt(place)), at: now() });
  }

  /** Something else is to be asked in a room from now on. */
  askAnew(room: RoomId): void {
    for (const place of this.placesIn(room)) this.#askAgreement(place);
  }

  stop(): void {
    this.#deadlines.stop();
    this.#leaving.stop();
    this.#absences?.stop();
  }

  /** The current meeting of a room, or of a ring in it, or its last. */
  of(place: CirclePlace): LiveMeeting | null {
    return this.#atHand.of(place);
  }

  /** Places of a room that have, or had, a meeting: the room as a whole, and the rings of its assembly. */
  placesIn(room: RoomId): CirclePlace[] {
    return this.#atHand.placesIn(room);
  }

  /** CirclePlace of a room in which somebody is: their ring while an assembly runs, else the room as a whole. */
  placeFor(room: RoomId, who: ParticipantId): CirclePlace {
    return placeIn(room, this.#options.seatOf?.(room, who));
  }

  /** Room of a meeting at hand. */
  roomOf(meeting: MeetingId): RoomId | null {
    return this.#atHand.get(meeting)?.meeting.roomId ?? null;
  }

  /** Tells whether a meeting is in the journal, whether it can be read or not. */
  isKept(meeting: MeetingId): boolean {
    return this.#options.journal.roomOf(meeting) !== null;
  }

  /** Meetings at hand, also those whose room has a newer one. */
  all(): LiveMeeting[] {
    return this.#atHand.all();
  }

  isNewest(live: LiveMeeting): boolean {
    return this.#atHand.isNewest(live);
  }

  /**
   * Any meeting of a room. One that is long over is read whole, on this thread, while all others wait: for those who
   * have to go on at once.
   */
  readNow(room: RoomId, id: MeetingId): LiveMeeting | null {
    return this.#atHand.readNow(room, id);
  }

  /**
   * The same bit by bit, for those who can wait; the meetings read last are kept, and not read again while they are as
   * they were.
   */
  readByAndBy(room: RoomId, id: MeetingId): Promise<LiveMeeting | null> {
    return this.#atHand.readByAndBy(room, id);
  }

  /**
   * Any meeting, at hand from now on, for a change to it; read as by `readNow` where it was not. A word that waited for
   * its text comes late, and is not lost.
   */
  bringBack(id: MeetingId): LiveMeeting | null {
    return this.#atHand.bringBack(id);
  }

  /** The meetings of a room that were begun, the newest first. */
  past(room: RoomId): Promise<PastMeeting[]> {
    return this.#options.journal.past(room);
  }

  /**
   * Id of the meeting of a room to whose record a message belongs, as a comment, an edit of one or a command, however
   * long it is over.
   */
  idWithMessage(room: RoomId, eventId: EventId): MeetingId | null {
    return this.isAway(room) ? null : this.#options.journal.meetingWithMessage(room, eventId);
  }

  /** That meeting; read as by `readNow`. */
  withMessage(room: RoomId, eventId: EventId): LiveMeeting | null {
    const id = this.idWithMessage(room, eventId);
    return id === null ? null : this.readNow(room, id);
  }

  /** The same bit by bit: it is at hand then, for a change to it. */
  async withMessageByAndBy(room: RoomId, eventId: EventId): Promise<LiveMeeting | null> {
    const id = this.idWithMessage(room, eventId);
    return id === null ? null : this.readByAndBy(room, id);
  }

  /**
   * Asks something of the meeting in that place. A person of Matrix who joins or starts where none is on begins a new
   * one.
   */
  send(place: CirclePlace, command: Exclude<Command, { type: "gather" }>): Ruling {
    try {
      return this.#options.journal.unit.run(() => {
        this.#absences?.giveBack();
        return this.#decide(place, command);
      });
    } catch (error) {
      this.#unkept.throwUnlessSeenTo(error);
      // People are told that it was not done, so it is not done later.
      if (!("actor" in command) && command.type !== "clock")
        this.#unkept.add(() => this.send(place, { ...command, at: this.#options.now() }));
      const decision = refuse("not-kept");
      this.#options.onDecided?.(command, decision);
      return decision;
    }
  }

  /** Makes the changes that waited, since the journal can be written again. */
  goOn(): void {
    this.#unkept.makeNow();
    this.start();
  }

  #decide(place: CirclePlace, command: Exclude<Command, { type: "gather" }>): Ruling {
    const isAway = this.isAway(roomAt(place));
    // The meeting of a ring is begun by its assembly alone.
    const begins = !isAway && (command.type === "join" || command.type === "start") && mayBeKeeper(command.actor.id);
    if (begins && typeof place === "string") this.#gatherIfNone(place);
    const live = this.of(place);
    const meeting = live?.meeting ?? null;
    const decision = isAway
      ? refuse("not-kept")
      : ((typeof place === "string" ? null : refusedInGroup(meeting, command)) ??
        decide(meeting, withStanding(command, meeting, this.#options.standing ?? NOBODY)));
    this.#options.journal.unit.afterCommit(() => this.#options.onDecided?.(command, decision));
    if (decision.accepted && live)
      this.#writer.append(
        live.meeting.id,
        place,
        decision.events.map((event) => ({ ...circleEntry(event), ...broughtBy(command) })),
      );
    return decision;
  }

  #gatherIfNone(room: RoomId): void {
    const before = this.of(room)?.meeting ?? null;
    if (!before || before.phase === "ended") this.#gather(room, before);
  }

  /** Gathers a ring for its next meeting; one that gathers already and has not begun is that meeting. */
  gatherRing(place: RingPlace): MeetingId {
    return this.#options.journal.unit.run(() => {
      const before = this.of(place)?.meeting;
      return before?.phase === "gathering" ? before.id : this.#gather(place, null);
    });
  }

  #gather(place: CirclePlace, before: Meeting | null): MeetingId {
    const { now, languageOf, asksIn } = this.#options;
    const roomId = roomAt(place);
    const at = Math.max(now(), before?.at ?? 0);
    const id = newMeetingId();
    this.#atHand.forgetLongEnded(at);
    const gathered = gatheredAfter(before, { id, roomId, language: languageOf(roomId), at, asks: asksIn?.(roomId) });
    this.#writer.append(id, place, gathered.map(circleEntry));
    return id;
  }

  /** Goes on with a meeting as the room has it; see `takenUp`. */
  takeUp(event: TakenUp): void {
    const { id, roomId } = event.snapshot;
    this.#writer.append(id, roomId, [circleEntry(event)]);
    this.send(roomId, { type: "service-returned", since: event.at, at: event.at });
    this.#askAgreement(roomId);
  }

  /** Corrects something in a meeting's record. */
  correct(live: LiveMeeting, change: Correction, seen: number | null, who: Corrector): Ruling<RecordEvent> {
    return this.#records.decide(live, { type: "correct", change, seen, ...who });
  }

  /** Asks for the minutes to be made anew. */
  redo(live: LiveMeeting, forms: readonly MinutesResult["form"][] | null, who: Corrector): Ruling<RecordEvent> {
    return this.#records.decide(live, { type: "redo", forms, ...who });
  }

  /** Shows how a pot would be shared. */
  showPot(live: LiveMeeting, pot: Pot, who: Corrector): Ruling<RecordEvent> {
    return this.#records.decide(live, { type: "show-pot", pot, ...who });
  }

  /** Objects to a pot before it counts. */
  objectToPot(live: LiveMeeting, pot: string, who: Corrector): Ruling<RecordEvent> {
    return this.#records.decide(live, { type: "object-to-pot", pot, ...who });
  }

  /** Has results made anew that rest on corrected words. */
  refresh(meeting: MeetingId, outdated: readonly MinutesEntry[]): void {
    this.#records.refresh(meeting, outdated);
  }

  /** Adds to the record of a meeting, which may be over. */
  note(meeting: MeetingId, event: RecordEvent): void {
    this.#records.note(meeting, event);
  }

  /**
   * Adds what `make` finds missing in the record, at the moment in which it can be written: while the disk is full, the
   * same is asked to be added twice, and more comes before it. `kept` hears of it once it is in the journal, or once
   * there was nothing to add.
   */
  noteAsItStands(meeting: MeetingId, make: (live: LiveMeeting) => RecordEvent | undefined, kept?: Kept): void {
    this.#records.noteAsItStands(meeting, make, kept);
  }

  /** Shows something of the minutes that is not finished. The journal does not hear of it. */
  grow(meeting: MeetingId, growing: Growing): void {
    const grown = this.#atHand.draw(meeting, (drafts) => withDraft(drafts, growing));
    if (grown) this.#announcer.tell(grown, []);
  }

  /** Words typed in a command, as far as they are still known. */
  commandWords(meeting: MeetingId, message: string): string[] {
    return this.#options.journal.commandWords(meeting, message);
  }

  /** Takes the words of a command back; the command itself stays done. */
  takeBackCommand(meeting: MeetingId, message: string, by: ParticipantId): void {
    this.#records.takeBackCommand(meeting, message, by);
  }

  /** Words that somebody gave in the circle of a meeting, as far as they are still known. */
  async wordsGivenBy(meeting: MeetingId, who: ParticipantId): Promise<readonly string[]> {
    return (await byTurns(this.#options.journal.words.givenBy(meeting, who))).words;
  }

  /**
   * Takes back all words of somebody in a meeting, however they came there; see `eraseWords`. False where there are
   * none.
   */
  takeWordsBack(meeting: MeetingId, who: ParticipantId, since: number): Promise<boolean> {
    return this.#records.takeWordsBack(meeting, who, since);
  }

  /** Takes words out of the journal that somebody took back by `takeWordsBack`. */
  eraseWords(meeting: MeetingId, who: ParticipantId): Promise<void> {
    return this.#records.eraseWords(meeting, who);
  }

  /** Resolves when all words that were taken back are out of the journal. */
  wordsLeft(): Promise<void> {
    return this.#leaving.settled();
  }

  /** Meetings in which words were taken back of which the room may still hold some, at hand again. */
  unwritten(): LiveMeeting[] {
    return this.#options.journal.unwritten().flatMap((id) => this.bringBack(id) ?? []);
  }

  written(meeting: MeetingId): void {
    this.#options.journal.written(meeting);
  }

  /** Tells whether words went out of the journal since the last call. */
  tookBack(): boolean {
    return this.#leaving.tookBack();
  }

  /** Lets a room go that another service has from now on. Nothing is written of its meetings any more. */
  letGo(room: RoomId): void {
    for (const { meeting } of this.#atHand.letGo(room)) this.#deadlines.clear(meeting.id);
  }

  /** Tells whether another service has a room. */
  isAway(room: RoomId): boolean {
    return this.#atHand.isAway(room);
  }

  /**
   * Goes on with the meetings of a room that another service had until `since`: that time is given back to whoever has
   * the word.
   */
  comeIn(room: RoomId, since: number): void {
    this.#atHand.comeIn(room);
    this.#leaving.comeIn(room);
    const at = this.#options.now();
    for (const place of this.placesIn(room)) {
      const began = Math.max(since, this.of(place)?.meeting.at ?? since);
      this.#options.journal.unit.run(() => this.#decide(place, { type: "service-returned", since: began, at }));
      this.#tick(place);
      this.#askAgreement(place);
    }
  }

  /** Takes away such meetings of a room, and returns them. */
  forget(room: RoomId, which: Forgettable): Promise<MeetingId[]> {
    return forgetBefore({ ...this.#options, atHand: this.#atHand }, room, which);
  }

  /** Moment at which the last ended of a room's record before a moment, 0 where none did; null: one goes on. */
  lastEnd(room: RoomId, begun: number): Promise<number | null> {
    return lastEndOf({ ...this.#options, atHand: this.#atHand }, room, begun);
  }
}
