import type { ParticipantId } from "../protocol/identity.ts";
import { followsTheFloor, isPerhapsOpen, type Offence, type GatePerson, type Track } from "./gate-rules.ts";
import type { Publisher } from "./livekit-server.ts";
import { Orders } from "./orders.ts";
import { NO_HAND_MS, OwnRequests } from "./own-requests.ts";

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
  /** Times at which a young track was opened by us for the first time. */
  readonly #firstOpened = new Map<string, number>();
  /** Number of each track's last news: what LiveKit told of it, or we asked for. */
  readonly #news = new Map<string, number>();
  #newsCount = 0;
  readonly orders = new Orders(() => this.sid);
  readonly requests = new OwnRequests();

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
    if (this.sid !== sid) this.cameToListen = cameToListen;
    if (this.sid !== sid) this.#firstOpened.clear();
    this.requests.lookAnew((each) => tracks.some((track) => track.sid === each), this.sid !== sid);
    this.#forgetConnection();
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
    this.requests.forget();
    this.#forgetConnection();
  }

  #forgetConnection(): void {
    this.unsure = false;
    this.mayOpenLate = false;
    this.sid = null;
    this.tracks = [];
    // A person who is not here needs no right and has none to lose; the next connection tells what it may.
    this.mayPublish = !this.shutOut;
    this.offence = null;
    this.toClose.clear();
    this.#bringsOpenUntil = 0;
    this.#news.clear();
    this.perhapsOpen.clear();
    this.youngUntil.clear();
    this.orders.forget();
  }

  /** Tells whether it is open and no unmute of ours is under way, which LiveKit may not have done yet. */
  isSurelyOpen(sid: string): boolean {
    return !this.requests.isOpening(sid) && this.tracks.some((track) => track.sid === sid && track.open);
  }

  /** Notes that a track was muted. `inTurn`: their turn is on, in which a late mute of ours is none of theirs. */
  closes(sid: string, now: number, inTurn: boolean): void {
    this.requests.closes(sid, now);
    if (inTurn && this.requests.isLateMute(sid, now)) this.opened.delete(sid);
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
    this.requests.drop(sid);
    this.perhapsOpen.delete(sid);
    this.opened.delete(sid);
    this.#firstOpened.delete(sid);
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
