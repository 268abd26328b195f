import type { Floor } from "../circle/floor.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { BackOff } from "./back-off.ts";
import { mayBeHeard, offenceOf, wanted, type Action, type Offence, type Standing, type Track } from "./gate-rules.ts";
import type { Person } from "./livekit-server.ts";

/** What the gate does to the people of one room. */
export interface GateHands {
  setMuted(id: ParticipantId, track: string, muted: boolean): Promise<void>;
  setMayPublish(id: ParticipantId, may: boolean): Promise<void>;
}

export interface GateOptions {
  hands: GateHands;
  onViolation(id: ParticipantId, offence: Offence): void;
  /** The first failure of a row. */
  onFailure(id: ParticipantId, error: unknown): void;
  /** Milliseconds that only ever grow. */
  now?(): number;
}

/** Who had the word a moment ago may open their microphone before they have learnt that it passed on. */
const LATE_CLICK_MS = 1_500;
/** Who dropped out with the word comes back with their microphone open, and cannot know that the word has passed on. */
const LATE_RETURN_MS = 10_000;

/**
 * A client ignores what it is told of a track that it has not finished publishing, while LiveKit takes it for done. So
 * what is said of a track this young is said again.
 */
const YOUNG_MS = 3_000;
const SAY_AGAIN_MS = [250, 1_000, 3_000];

/**
 * Makes the microphones of one room follow the floor: what should be, what is, make it so. "What is" comes from the
 * watcher, track by track. People are independent of one another: on a pass the old speaker's mute and the new speaker's
 * unmute go out in the same moment, and a person whom LiveKit is slow to reach holds up nobody else. For one person
 * the requests go one after another, so that a mute never overtakes an unmute.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #now: () => number;
  readonly #seats = new Map<ParticipantId, Seat>();
  #floor: Floor = { mode: "closed" };
  readonly #reminders = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Everybody in the room is as the floor wants them, as far as we see. */
  get settled(): boolean {
    return [...this.#seats.values()].every((seat) => !seat.busy && wanted(this.#floor, seat).length === 0);
  }

  setFloor(floor: Floor): void {
    if (sameFloor(floor, this.#floor)) return;
    const before = this.#floor;
    this.#floor = floor;
    for (const seat of this.#seats.values()) {
      if (mayBeHeard(floor, seat.id)) seat.receiveTheWord();
      else if (mayBeHeard(before, seat.id)) seat.doubtUntil = this.#now() + LATE_CLICK_MS;
      this.#makeSo(seat);
    }
  }

  /** The whole picture anew, as when the watcher has just come in. What is open in it is muted, and held against nobody. */
  replace(people: readonly Person[]): void {
    const present = new Set(people.map((person) => person.id));
    for (const seat of this.#seats.values()) if (!present.has(seat.id)) this.left(seat.id);
    for (const person of people) {
      const seat = this.#seat(person.id);
      seat.arrive(person, this.#now() + YOUNG_MS);
      for (const track of person.tracks) if (offenceOf(this.#floor, seat, track, "published") === "unexpected-source") seat.offence = "unexpected-source";
      this.#makeSo(seat);
    }
  }

  arrived(person: Person): void {
    const seat = this.#seat(person.id);
    seat.arrive(person, this.#now() + YOUNG_MS);
    if (seat.leftWithTheWord && !mayBeHeard(this.#floor, seat.id)) seat.doubtUntil = this.#now() + LATE_RETURN_MS;
    this.#makeSo(seat);
  }

  left(id: ParticipantId): void {
    const seat = this.#seat(id);
    seat.leftWithTheWord = mayBeHeard(this.#floor, id);
    seat.leave();
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
    seat.opening.delete(sid);
    seat.turn(sid, false);
    this.#makeSo(seat);
  }

  unmuted(id: ParticipantId, sid: string): void {
    const seat = this.#seat(id);
    const track = seat.turn(sid, true);
    if (!track) return;
    // Our own unmute may be told to us after the word has moved on: that one is undone, and nobody's fault.
    if (seat.opening.delete(sid)) this.#makeSo(seat);
    else this.#appeared(seat, track, "unmuted");
  }

  close(): void {
    this.#closed = true;
    for (const seat of this.#seats.values()) seat.backOff.cancel();
    for (const timer of this.#reminders) clearTimeout(timer);
  }

  #appeared(seat: Seat, track: Track, how: "published" | "unmuted"): void {
    const offence = offenceOf(this.#floor, seat, track, how);
    if (offence && !this.#benefitOfDoubt(seat, offence)) seat.offence = offence;
    if (track.open && mayBeHeard(this.#floor, seat.id)) seat.opened.add(track.sid);
    this.#makeSo(seat);
  }

  /** Given once after each loss of the word. The microphone is muted all the same. */
  #benefitOfDoubt(seat: Seat, offence: Offence): boolean {
    if (offence === "unexpected-source" || this.#now() >= seat.doubtUntil) return false;
    seat.doubtUntil = 0;
    return true;
  }

  #makeSo(seat: Seat): void {
    if (seat.busy || this.#closed) return;
    const actions = wanted(this.#floor, seat);
    if (actions.length === 0) return;
    seat.busy = true;
    Promise.all(actions.map((action) => this.#act(seat, action))).then(
      () => {
        seat.busy = false;
        seat.backOff.succeeded();
        this.#makeSo(seat);
      },
      (error: unknown) => {
        seat.busy = false;
        if (this.#closed) return;
        if (seat.backOff.failures === 0) this.#options.onFailure(seat.id, error);
        seat.backOff.retry(() => this.#makeSo(seat));
      },
    );
  }

  /** The seat shows the result from the moment of asking, so that whatever LiveKit tells afterwards is newer. */
  async #act(seat: Seat, action: Action): Promise<void> {
    const { hands, onViolation } = this.#options;
    switch (action.type) {
      case "mute":
      case "unmute": {
        const open = action.type === "unmute";
        seat.turn(action.track, open);
        if (open) seat.opening.add(action.track);
        try {
          await hands.setMuted(seat.id, action.track, !open);
        } catch (error) {
          seat.opening.delete(action.track);
          seat.turn(action.track, !open);
          throw error;
        }
        if (open) seat.opened.add(action.track);
        if (this.#now() < (seat.youngUntil.get(action.track) ?? 0)) this.#sayAgain(seat, action.track, open);
        return;
      }
      case "grant":
        await hands.setMayPublish(seat.id, true);
        seat.mayPublish = true;
        return;
      case "revoke":
        await hands.setMayPublish(seat.id, false);
        seat.mayPublish = false;
        seat.shutOut = true;
        seat.offence = null;
        onViolation(seat.id, action.offence);
        return;
    }
  }

  #sayAgain(seat: Seat, sid: string, open: boolean): void {
    for (const ms of SAY_AGAIN_MS) {
      const timer = setTimeout(() => {
        this.#reminders.delete(timer);
        const unchanged = seat.tracks.some((track) => track.sid === sid && track.open === open);
        if (unchanged && !seat.busy) void this.#options.hands.setMuted(seat.id, sid, !open).catch(() => {});
      }, ms);
      this.#reminders.add(timer);
    }
  }

  #seat(id: ParticipantId): Seat {
    let seat = this.#seats.get(id);
    if (!seat) this.#seats.set(id, (seat = new Seat(id)));
    return seat;
  }
}

/** One person, present or not, and what the gate remembers of them. */
class Seat implements Standing {
  readonly id: ParticipantId;
  readonly backOff = new BackOff();
  tracks: readonly Track[] = [];
  mayPublish = true;
  offence: Offence | null = null;
  shutOut = false;
  opened = new Set<string>();
  /** Tracks whose unmute we asked for and were not told of yet. */
  readonly opening = new Set<string>();
  readonly youngUntil = new Map<string, number>();
  doubtUntil = 0;
  leftWithTheWord = false;
  /** A request about this person is under way. */
  busy = false;

  constructor(id: ParticipantId) {
    this.id = id;
  }

  receiveTheWord(): void {
    this.shutOut = false;
    this.offence = null;
    this.opened = new Set(this.tracks.filter((track) => track.open).map((track) => track.sid));
  }

  arrive(person: Person, youngUntil: number): void {
    this.tracks = person.tracks;
    this.youngUntil.clear();
    for (const { sid } of person.tracks) this.youngUntil.set(sid, youngUntil);
    this.mayPublish = person.mayPublish;
    this.opening.clear();
    this.backOff.succeeded();
    for (const track of person.tracks) if (track.open) this.opened.add(track.sid);
  }

  leave(): void {
    this.tracks = [];
    this.offence = null;
    this.opening.clear();
    this.backOff.cancel();
  }

  put(track: Track): void {
    this.tracks = [...this.tracks.filter((other) => other.sid !== track.sid), track];
  }

  drop(sid: string): void {
    this.tracks = this.tracks.filter((track) => track.sid !== sid);
    this.opening.delete(sid);
    this.opened.delete(sid);
    this.youngUntil.delete(sid);
  }

  turn(sid: string, open: boolean): Track | undefined {
    const track = this.tracks.find((other) => other.sid === sid);
    if (!track) return undefined;
    const turned = { ...track, open };
    this.put(turned);
    return turned;
  }
}

function sameFloor(one: Floor, other: Floor): boolean {
  return one.mode === other.mode && (one.mode !== "speaker" || other.mode !== "speaker" || one.speaker === other.speaker);
}
