/** Time within which nobody sees their microphone open and closes it again. */
export const NO_HAND_MS = 1_000;

/** Time for which LiveKit may still do what it was asked and gave no answer to. */
const DONE_LATE_MS = 10_000;

/**
 * Our requests to turn one person's tracks. LiveKit answers them by one way and tells what it did by another, and their
 * client says it back: each of these may come late, in another order, or never. None of it is to pass for the person's
 * own deed.
 */
export class OwnRequests {
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
  /** Time at which each track was opened by us for the last time. */
  readonly #lastOpened = new Map<string, number>();
  /** Tracks about which a request to unmute is under way. */
  readonly #asked = new Set<string>();

  isOpening(sid: string): boolean {
    return this.#asked.has(sid);
  }

  /**
   * Takes a connection's tracks anew: of those that are still there our unmute may still be told, whether the list knew
   * of it already or not. `isNew`: nobody has to say anything back on another connection.
   */
  lookAnew(isStillHere: (sid: string) => boolean, isNew: boolean): void {
    for (const each of [this.#opening, this.#unanswered, this.#lateMutes])
      for (const sid of each.keys()) if (isNew || !isStillHere(sid)) each.delete(sid);
    this.#toldLateUntil.clear();
    if (isNew) this.#lastOpened.clear();
  }

  /** Forgets all that a connection, which has ended, was still to tell. */
  forget(): void {
    for (const each of [this.#opening, this.#unanswered, this.#lateMutes, this.#toldLateUntil]) each.clear();
  }

  drop(sid: string): void {
    for (const each of [this.#opening, this.#unanswered, this.#lateMutes, this.#toldLateUntil]) each.delete(sid);
    this.overtaken.delete(sid);
    this.#lastOpened.delete(sid);
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

  /** Notes that we ask for a mute, whatever was asked before. */
  overtakes(sid: string): void {
    if (this.#asked.has(sid)) this.overtaken.add(sid);
  }

  /** Notes that a mute of ours got no answer: it may come at any time, also in their next turn. */
  muteLost(sid: string, now: number): void {
    this.#lateMutes.set(sid, [...(this.#lateMutes.get(sid) ?? []), now + DONE_LATE_MS]);
  }

  /** Tells whether a mute that we are told of in their turn may be a late one of ours, and counts it as one. */
  isLateMute(sid: string, now: number): boolean {
    const [one, ...others] = (this.#lateMutes.get(sid) ?? []).filter((until) => now < until);
    this.#lateMutes.set(sid, others);
    return one !== undefined;
  }

  /** Notes that a track was muted: by us after we had unmuted it, or by its owner while our unmute is still to come. */
  closes(sid: string, now: number): void {
    const isStillTold = now < (this.#toldLateUntil.get(sid) ?? -Infinity);
    if (!this.#asked.has(sid) && !isStillTold) this.#opening.delete(sid);
  }

  /**
   * Tells whether an unmute is their client's echo of ours. Where the turn is over by then, LiveKit takes the echo for
   * its owner's wish to be heard.
   */
  repeats(sid: string, now: number): boolean {
    return now - (this.#lastOpened.get(sid) ?? -Infinity) < NO_HAND_MS;
  }
}
