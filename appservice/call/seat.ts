import type { ParticipantId } from "../protocol/identity.ts";
import { followsTheFloor, isPerhapsOpen, type Offence, type GatePerson, type Track } from "./gate-rules.ts";
import type { Publisher } from "./livekit-server.ts";
import { Orders } from "./orders.ts";

/** Time within which nobody sees their microphone open and closes it again. */
const NO_HAND_MS = 1_000;

/** Time for which LiveKit may still do what it was asked and gave no answer to. */
const DONE_LATE_MS = 10_000;

/** One person, present or not, with all that the gate knows and remembers of them. */
export class CallSeat implements GatePerson {
  readonly id: ParticipantId;
  /** Their present connection; null while they are not here. */
  sid: string | null = null;
  tracks: readonly Track[] = [];
  mayPublish = true;
  offence: Offence | null = null;
  shutOut = false;
  cameToListen = false;
  opened = new Set<string>();
  /**
   * Tracks that the open floor found open, or on their way to be: closed once, since nobody opened them for that floor.
   */
  readonly toClose = new Set<string>();
  /** Tracks whose unmute we asked for and were not told of yet, unless no answer came. */
  readonly #opening = new Set<string>();
  /**
   * Number of unmutes of each track to which LiveKit gave no answer: it may do each of them at any time, also after a
   * mute, and after another unmute.
   */
  readonly #unanswered = new Map<string, number>();
  /** Mutes of each track to which LiveKit gave no answer, by the time until which it may do them. */
  readonly #lateMutes = new Map<string, number[]>();
  /** Time until which an unmute may be told after the mute that overtook it: answers and news come by two ways. */
  readonly #toldLateUntil = new Map<string, number>();
  /** Tracks that were closed while our unmute had no answer yet. */
  readonly overtaken = new Set<string>();
  readonly perhapsOpen = new Set<string>();
  /** Time until which each track is young: its client may not have finished publishing it. */
  readonly youngUntil = new Map<string, number>();
  /** Time until which they get the benefit of the doubt. */
  doubtUntil = 0;
  /** Track kinds already forgiven since they lost the floor. */
  readonly forgiven = new Set<Track["kind"]>();
  /** True where their microphone may have been open when they went. */
  leftOpen = false;
  /** True where they went before a microphone opened for a turn was closed. */
  leftOwing = false;
  /** True where a request about them was under way when they were looked at anew: its effect may still come. */
  unsure = false;
  /** True where one of those requests was to open something: it may be open for a moment whenever that is done. */
  mayOpenLate = false;
  /**
   * Time until which a new connection may bring along a microphone that was opened for a turn: its client may not have
   * learnt that it was closed.
   */
  turnOverUntil = 0;
  #bringsOpenUntil = 0;
  /** Times at which a young track was opened for the first time, and at which any track was for the last, by us. */
  readonly #firstOpened = new Map<string, number>();
  readonly #lastOpened = new Map<string, number>();
  /** Tracks about which a request to unmute is under way. */
  readonly #asked = new Set<string>();
  /** Number of each track's last news: what LiveKit told of it, or we asked for. */
  readonly #news = new Map<string, number>();
  #newsCount = 0;
  readonly orders = new Orders(() => this.sid);

  constructor(id: ParticipantId) {
    this.id = id;
  }

  receiveTheWord(): void {
    this.shutOut = false;
    this.forgiven.clear();
    if (this.sid === null) this.mayPublish = true;
    this.offence = null;
    this.opened = new Set(this.tracks.filter((track) => track.open).map((track) => track.sid));
  }

  /**
   * Meets the open floor. Tracks that are open, or on their way to be, were opened for a turn (theirs, or one they
   * broke into), and close. `lateClickUntil`: the floor was theirs until now, and a click they made before they knew of
   * its end may still arrive; `lateReturnUntil`: time until which a connection may come that does not know of the end,
   * either.
   */
  meetOpenFloor(lateClickUntil: number | null, lateReturnUntil: number): void {
    const open = this.tracks.filter(
      (track) => followsTheFloor(track) && (track.open || this.orders.areAbout(track.sid)),
    );
    for (const { sid } of open) this.toClose.add(sid);
    this.doubtUntil = lateClickUntil !== null && open.length === 0 ? lateClickUntil : 0;
    if (lateClickUntil !== null || open.length > 0) this.turnOverUntil = lateReturnUntil;
    if (this.sid === null) this.leftOwing ||= this.leftOpen;
  }

  /**
   * Notes that they are back on the open floor and owe a closing: tracks that they bring along open are closed, in the
   * list or a little later.
   */
  returnOwing(until: number, knownBefore: ReadonlySet<string>): void {
    for (const track of this.tracks)
      if (track.open && followsTheFloor(track) && !knownBefore.has(track.sid)) this.toClose.add(track.sid);
    this.#bringsOpenUntil = until;
  }

  /** Time until which open tracks that they publish are closed. */
  get bringsOpenUntil(): number {
    return this.#bringsOpenUntil;
  }

  /** Notes a track opened by hand, which is theirs to do, unless they could not know yet that the floor is open. */
  openedOnOpenFloor(track: Track, how: "published" | "unmuted", now: number): void {
    if (!track.open || !followsTheFloor(track)) return;
    if (now >= (how === "published" ? this.#bringsOpenUntil : this.doubtUntil)) {
      this.turnOverUntil = 0;
      return;
    }
    this.toClose.add(track.sid);
    if (how === "unmuted") this.doubtUntil = 0;
  }

  /** Forgets tracks that are closed by now and not about to be turned. */
  forgetClosed(): void {
    for (const sid of this.toClose) {
      const open = this.tracks.some((track) => track.sid === sid && isPerhapsOpen(this, track));
      if (!open && !this.orders.areAbout(sid)) this.toClose.delete(sid);
    }
  }

  arrive({ sid, tracks, mayPublish, cameToListen = false }: Publisher, youngUntil: number): void {
    const unsure = this.sid === sid && (this.orders.areUnderWay || this.unsure);
    const mayOpenLate = this.sid === sid && (this.orders.mayOpen || this.mayOpenLate);
    // On the same connection our own unmute may still be told, whether the list knew of it already or not.
    const isStillHere = (opened: string) => this.sid === sid && tracks.some((track) => track.sid === opened);
    const opening = [...this.#opening].filter(isStillHere);
    const unanswered = [...this.#unanswered].filter(([opened]) => isStillHere(opened));
    const lateMutes = [...this.#lateMutes].filter(([closed]) => isStillHere(closed));
    if (this.sid !== sid) this.cameToListen = cameToListen;
    if (this.sid !== sid) this.#firstOpened.clear();
    if (this.sid !== sid) this.#lastOpened.clear();
    this.leave();
    for (const opened of opening) this.#opening.add(opened);
    for (const [opened, count] of unanswered) this.#unanswered.set(opened, count);
    for (const [closed, times] of lateMutes) this.#lateMutes.set(closed, times);
    this.sid = sid;
    this.unsure = unsure;
    this.mayOpenLate = mayOpenLate;
    this.leftOpen = false;
    this.leftOwing = false;
    this.tracks = tracks;
    this.mayPublish = mayPublish;
    for (const track of tracks) {
      this.#news.set(track.sid, ++this.#newsCount);
      this.youngUntil.set(track.sid, youngUntil);
      if (track.open) this.opened.add(track.sid);
    }
  }

  leave(): void {
    this.unsure = false;
    this.mayOpenLate = false;
    this.sid = null;
    this.tracks = [];
    // A person who is not here needs no right and has none to lose; the next connection tells what it may.
    this.mayPublish = !this.shutOut;
    this.offence = null;
    this.#opening.clear();
    this.#unanswered.clear();
    this.#lateMutes.clear();
    this.#toldLateUntil.clear();
    this.toClose.clear();
    this.#bringsOpenUntil = 0;
    this.#news.clear();
    this.perhapsOpen.clear();
    this.youngUntil.clear();
    this.orders.forget();
  }

  /** Notes that we ask for an unmute, which counts as ours when it is told, however late. */
  async opens(sid: string, asked: Promise<void>, now: () => number): Promise<void> {
    this.#opening.add(sid);
    this.#lastOpened.set(sid, now());
    this.#asked.add(sid);
    this.#toldLateUntil.delete(sid);
    try {
      await asked;
      // LiveKit did it just now, perhaps, and their client has yet to say it back.
      this.#lastOpened.set(sid, now());
      if (this.overtaken.has(sid)) this.#toldLateUntil.set(sid, now() + NO_HAND_MS);
    } catch (error) {
      if (this.#opening.delete(sid)) this.#unanswered.set(sid, (this.#unanswered.get(sid) ?? 0) + 1);
      throw error;
    } finally {
      this.#asked.delete(sid);
    }
  }

  /** Tells whether an unmute that we are told of is the one that we asked for; what follows at once is its echo. */
  isOurs(sid: string, now: number): boolean {
    const isTooLate = now >= (this.#toldLateUntil.get(sid) ?? Infinity);
    this.#toldLateUntil.delete(sid);
    const isTold = this.#opening.delete(sid) && !isTooLate;
    if (!isTold && !this.#isLateOne(sid)) return false;
    this.#lastOpened.set(sid, now);
    return true;
  }

  /** Counts it as one of those that got no answer, where there are any. */
  #isLateOne(sid: string): boolean {
    const count = this.#unanswered.get(sid) ?? 0;
    if (count > 0) this.#unanswered.set(sid, count - 1);
    return count > 0;
  }

  /** Tells whether it is open and no unmute of ours is under way, which LiveKit may not have done yet. */
  isSurelyOpen(sid: string): boolean {
    return !this.#asked.has(sid) && this.tracks.some((track) => track.sid === sid && track.open);
  }

  /** Notes that we ask for a mute, whatever was asked before. */
  overtakes(sid: string): void {
    this.perhapsOpen.delete(sid);
    if (this.#asked.has(sid)) this.overtaken.add(sid);
  }

  /** Notes that a mute of ours got no answer: it may come at any time, also in their next turn. */
  muteLost(sid: string, now: number): void {
    this.#lateMutes.set(sid, [...(this.#lateMutes.get(sid) ?? []), now + DONE_LATE_MS]);
  }

  /** Notes that a track was muted in their turn. By a late mute of ours it was not they who did it. */
  closesInTurn(sid: string, now: number): void {
    const [one, ...others] = (this.#lateMutes.get(sid) ?? []).filter((until) => now < until);
    this.#lateMutes.set(sid, others);
    if (one !== undefined) this.opened.delete(sid);
  }

  /** Notes that a track was muted: by us after we had unmuted it, or by its owner while our unmute is still to come. */
  closes(sid: string, now: number): void {
    const isStillTold = now < (this.#toldLateUntil.get(sid) ?? -Infinity);
    if (!this.#asked.has(sid) && !isStillTold) this.#opening.delete(sid);
    const firstOpened = this.#firstOpened.get(sid);
    if (firstOpened === undefined || now - firstOpened >= NO_HAND_MS) return;
    this.#firstOpened.set(sid, -Infinity);
    this.opened.delete(sid);
  }

  /**
   * Notes our unmute. A client that is still publishing passes over it, and a moment later, when it sees that LiveKit
   * holds the track for open, tells LiveKit that it is not. Nobody has closed it: it is opened once more.
   */
  openedByUs(sid: string, now: number, isYoung: boolean): void {
    if (isYoung && !this.#firstOpened.has(sid)) this.#firstOpened.set(sid, now);
  }

  /**
   * Tells whether an unmute is their client's echo of ours. Where the turn is over by then, LiveKit takes the echo for
   * its owner's wish to be heard.
   */
  repeats(sid: string, now: number): boolean {
    return now - (this.#lastOpened.get(sid) ?? -Infinity) < NO_HAND_MS;
  }

  /** Names what was told or asked of a track last. */
  newsOf(sid: string): number {
    return this.#news.get(sid) ?? 0;
  }

  put(track: Track): void {
    this.#news.set(track.sid, ++this.#newsCount);
    this.tracks = [...this.tracks.filter((other) => other.sid !== track.sid), track];
  }

  drop(sid: string): void {
    this.tracks = this.tracks.filter((track) => track.sid !== sid);
    this.#news.delete(sid);
    this.overtaken.delete(sid);
    this.perhapsOpen.delete(sid);
    this.#opening.delete(sid);
    this.#unanswered.delete(sid);
    this.#lateMutes.delete(sid);
    this.#toldLateUntil.delete(sid);
    this.opened.delete(sid);
    this.#firstOpened.delete(sid);
    this.#lastOpened.delete(sid);
    this.toClose.delete(sid);
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
