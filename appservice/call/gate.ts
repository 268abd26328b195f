import type { Floor } from "../circle/floor.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { Enforcer, type EnforcerDeps } from "./enforcer.ts";
import { mayBeHeard, offenceOf, wanted, type Offence, type Track } from "./gate-rules.ts";
import type { Publisher } from "./livekit-server.ts";
import { CallSeat } from "./seat.ts";
import { monotonic } from "../time/time.ts";

export type GateDeps = Pick<EnforcerDeps, "hands" | "onViolation" | "isGone" | "onFailure"> & {
  /** Milliseconds that only ever grow; the process's own where nothing is said. */
  readonly now?: () => number;
};

/** Time in which the last speaker may open their microphone before they have learnt that the floor passed on. */
export const LATE_CLICK_MS = 1_500;
/**
 * Time for somebody who dropped out with an open microphone: they come back with it open, and cannot know that the
 * floor passed on.
 */
const LATE_RETURN_MS = 10_000;

/**
 * Age below which requests about a track are repeated: a client ignores those about a track that it has not finished
 * publishing, while LiveKit takes them for done.
 */
const YOUNG_MS = 3_000;

/**
 * Makes the microphones of one room follow the floor. The present state comes from the watcher, track by track. People
 * are independent of one another: on a pass the old speaker's mute and the new speaker's unmute go out in the same
 * moment, and a person whom LiveKit is slow to reach holds up nobody else. A mute goes out at once, also while an
 * unmute of the same track has no answer yet: LiveKit may do the two in either order, so that the microphone is closed
 * once more after that answer.
 */
export class Gate {
  readonly #now: () => number;
  readonly #enforcer: Enforcer;
  readonly #seats = new Map<ParticipantId, CallSeat>();
  #floor: Floor = { mode: "closed" };

  constructor({ now = monotonic, ...deps }: GateDeps) {
    this.#now = now;
    this.#enforcer = new Enforcer({ ...deps, now, floor: () => this.#floor, leave: (seat) => this.#leave(seat) });
  }

  /** Tells whether everybody in the room is as the floor wants them, as far as we see. */
  get settled(): boolean {
    return [...this.#seats.values()].every(
      (seat) => !seat.orders.areUnderWay && wanted(this.#floor, seat).length === 0,
    );
  }

  setFloor(floor: Floor): void {
    if (sameFloor(floor, this.#floor)) return;
    const before = this.#floor;
    this.#floor = floor;
    for (const seat of this.#seats.values()) {
      if (mayBeHeard(floor, seat.id)) seat.receiveTheWord();
      else if (mayBeHeard(before, seat.id)) seat.doubtUntil = this.#now() + LATE_CLICK_MS;
      if (floor.mode === "open")
        seat.meetOpenFloor(
          mayBeHeard(before, seat.id) || seat.mayOpenLate ? this.#now() + LATE_CLICK_MS : null,
          this.#now() + LATE_RETURN_MS,
        );
      seat.orders.wake();
      this.#enforcer.makeSo(seat);
    }
  }

  /**
   * Takes the whole picture anew, as when the watcher has just come in. Open tracks in it are muted, and held against
   * nobody.
   */
  replace(people: readonly Publisher[]): void {
    const present = new Set(people.map((person) => person.id));
    for (const seat of this.#seats.values()) if (!present.has(seat.id)) this.#leave(seat);
    for (const person of people) {
      const seat = this.#welcome(person);
      for (const track of person.tracks) {
        const offence = offenceOf(this.#floor, seat, track, "published");
        if (offence === "unexpected-source" || offence === "too-many-tracks") seat.offence = offence;
      }
      this.#enforcer.makeSo(seat);
    }
  }

  arrived(person: Publisher): void {
    this.#enforcer.makeSo(this.#welcome(person));
  }

  /**
   * Takes leave of a connection. The end of an earlier one, told late, does not end the present one: nobody would watch
   * it.
   */
  left({ id, sid }: Pick<Publisher, "id" | "sid">): void {
    const seat = this.#seat(id);
    if (seat.sid === sid) this.#leave(seat);
  }

  published(id: ParticipantId, track: Track): void {
    const seat = this.#seat(id);
    seat.put(track);
    seat.youngUntil.set(track.sid, this.#now() + YOUNG_MS);
    this.#appeared(seat, track, "published");
  }

  unpublished(id: ParticipantId, sid: string): void {
    this.#seat(id).drop(sid);
  }

  muted(id: ParticipantId, sid: string): void {
    const seat = this.#seat(id);
    seat.closes(sid, this.#now(), this.#floor.mode === "speaker" && mayBeHeard(this.#floor, id));
    seat.turn(sid, false);
    this.#enforcer.makeSo(seat);
  }

  unmuted(id: ParticipantId, sid: string): void {
    const seat = this.#seat(id);
    const track = seat.turn(sid, true);
    if (!track) return;
    // Our own unmute may be told after the floor has moved on, and repeated by their client: it is undone, and nobody's
    // fault.
    const { requests } = seat;
    const ours =
      requests.isOurs(sid, this.#now()) || (this.#floor.mode !== "open" && requests.repeats(sid, this.#now()));
    if (ours) this.#enforcer.makeSo(seat);
    else this.#appeared(seat, track, "unmuted");
  }

  /**
   * Silences until their next turn, even in their own, a person who lets LiveKit pass their sound to some and not to
   * others.
   */
  withheld(sid: string): void {
    const seat = [...this.#seats.values()].find((each) => each.sid === sid);
    if (!seat || this.#floor.mode === "open" || !seat.mayPublish) return;
    seat.offence = "sound-withheld";
    this.#enforcer.makeSo(seat);
  }

  close(): void {
    this.#enforcer.close();
    for (const seat of this.#seats.values()) seat.orders.forget();
  }

  #appeared(seat: CallSeat, track: Track, how: "published" | "unmuted"): void {
    const offence = offenceOf(this.#floor, seat, track, how);
    if (offence && !this.#benefitOfDoubt(seat, offence, track)) seat.offence = offence;
    if (!offence && this.#floor.mode === "open") seat.openedOnOpenFloor(track, how, this.#now());
    if (track.open && mayBeHeard(this.#floor, seat.id)) seat.opened.add(track.sid);
    this.#enforcer.makeSo(seat);
  }

  /**
   * Forgives once for microphone and once for screen after each loss of the floor, however often the person comes in
   * anew. The track is muted all the same.
   */
  #benefitOfDoubt(seat: CallSeat, offence: Offence, { kind }: Track): boolean {
    if (
      offence === "unexpected-source" ||
      offence === "too-many-tracks" ||
      seat.forgiven.has(kind) ||
      this.#now() >= seat.doubtUntil
    )
      return false;
    seat.forgiven.add(kind);
    return true;
  }

  #leave(seat: CallSeat): void {
    if (seat.sid === null) return;
    seat.leftOpen = this.#mayBeOpen(seat);
    seat.leftOwing = this.#owesClosing(seat);
    seat.leave();
  }

  #welcome(person: Publisher): CallSeat {
    const seat = this.#seat(person.id);
    const wasOpen = seat.sid === null ? seat.leftOpen : seat.sid !== person.sid && this.#mayBeOpen(seat);
    const owes =
      this.#floor.mode === "open" &&
      (seat.sid === null ? seat.leftOwing : this.#owesClosing(seat, { anew: seat.sid !== person.sid }));
    // Keeps the debt of somebody who is looked at again before they have published the tracks that they bring along.
    const still =
      seat.sid === person.sid && this.#now() < seat.bringsOpenUntil
        ? { until: seat.bringsOpenUntil, known: new Set(seat.tracks.map(({ sid }) => sid)) }
        : null;
    if (wasOpen && !mayBeHeard(this.#floor, seat.id)) seat.doubtUntil = this.#now() + LATE_RETURN_MS;
    seat.arrive(person, this.#now() + YOUNG_MS);
    if (owes) seat.returnOwing(this.#now() + LATE_RETURN_MS, new Set());
    else if (still) seat.returnOwing(still.until, still.known);
    return seat;
  }

  /**
   * Tells whether a microphone of theirs was opened for a turn and not closed yet, or closed so lately that the client
   * of another connection may not have learnt it. The client of the same connection has: an open track in it was opened
   * by hand.
   */
  #owesClosing(seat: CallSeat, { anew } = { anew: true }): boolean {
    if (this.#floor.mode !== "open") return this.#mayBeOpen(seat);
    return seat.toClose.size > 0 || (anew && this.#now() < seat.turnOverUntil);
  }

  /**
   * Tells whether their microphone may be open: while a request about them is under way we cannot know which state has
   * reached their client.
   */
  #mayBeOpen(seat: CallSeat): boolean {
    return (
      seat.orders.areUnderWay ||
      seat.unsure ||
      seat.perhapsOpen.size > 0 ||
      mayBeHeard(this.#floor, seat.id) ||
      seat.tracks.some(({ kind, open }) => kind === "audio" && open)
    );
  }

  #seat(id: ParticipantId): CallSeat {
    let seat = this.#seats.get(id);
    if (!seat) this.#seats.set(id, (seat = new CallSeat(id)));
    return seat;
  }
}

function sameFloor(one: Floor, other: Floor): boolean {
  return (
    one.mode === other.mode && (one.mode !== "speaker" || other.mode !== "speaker" || one.speaker === other.speaker)
  );
}
