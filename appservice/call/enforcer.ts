import type { Floor } from "../circle/floor.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { mayBeHeard, wanted, type Action, type Offence } from "./gate-rules.ts";
import { Reminders } from "./reminders.ts";
import type { CallSeat } from "./seat.ts";

/** Requests by which the gate acts on the people of one room. */
export type GateHands = {
  setMuted(id: ParticipantId, track: string, muted: boolean): Promise<void>;
  setMayPublish(id: ParticipantId, may: boolean): Promise<void>;
};

export type EnforcerDeps = {
  readonly hands: GateHands;
  readonly onViolation: (id: ParticipantId, offence: Offence) => void;
  /** Tells whether LiveKit's error means that this person is not there. */
  readonly isGone: (error: unknown) => boolean;
  /** Called at the first failure of a row. */
  readonly onFailure: (id: ParticipantId, error: unknown) => void;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  readonly floor: () => Floor;
  /** Called for somebody of whom LiveKit says that they are not there. */
  readonly leave: (seat: CallSeat) => void;
};

/**
 * Gives LiveKit the orders after which a person is heard, and their screen seen, if and only if the floor is theirs.
 */
export class Enforcer {
  readonly #deps: EnforcerDeps;
  readonly #reminders = new Reminders();
  #closed = false;

  constructor(deps: EnforcerDeps) {
    this.#deps = deps;
  }

  close(): void {
    this.#closed = true;
    this.#reminders.close();
  }

  makeSo(seat: CallSeat): void {
    if (this.#closed) return;
    seat.forgetClosed();
    for (const action of wanted(this.#deps.floor(), seat)) {
      const thing = "track" in action ? action.track : "permission";
      seat.orders.give({
        thing,
        closes: action.type === "mute" || action.type === "revoke",
        send: () => this.#act(seat, action),
        settled: () => this.makeSo(seat),
        failed: (error, isFirst) => {
          if (this.#deps.isGone(error)) this.#deps.leave(seat);
          else if (isFirst) this.#deps.onFailure(seat.id, error);
        },
      });
    }
  }

  #act(seat: CallSeat, action: Action): Promise<void> {
    switch (action.type) {
      case "mute":
        return this.#turn(seat, action.track, false);
      case "unmute":
        return this.#turn(seat, action.track, true);
      case "grant":
        return this.#grant(seat);
      case "revoke":
        return this.#revoke(seat, action.offence);
    }
  }

  /** Sets the result in the seat from the moment of asking, so that news from LiveKit afterwards is newer. */
  async #turn(seat: CallSeat, track: string, open: boolean): Promise<void> {
    const connection = seat.sid;
    const isYoung = () => this.#deps.now() < (seat.youngUntil.get(track) ?? 0);
    const isGuess = !open && !seat.isSurelyOpen(track);
    seat.turn(track, open);
    const news = seat.newsOf(track);
    if (open) seat.opened.add(track);
    if (open) seat.openedByUs(track, this.#deps.now(), isYoung());
    try {
      await this.#ask(seat, track, open);
    } catch (error) {
      // LiveKit may still do it later: our unmute is nobody's fault then, either.
      if (seat.sid === connection && seat.newsOf(track) === news) {
        if (isGuess) seat.perhapsOpen.add(track);
        else seat.turn(track, !open);
      }
      if (open) seat.opened.delete(track);
      throw error;
    }
    if (isYoung()) this.#sayAgain(seat, track, open);
  }

  async #ask(seat: CallSeat, track: string, open: boolean): Promise<void> {
    const connection = seat.sid;
    const asked = this.#deps.hands.setMuted(seat.id, track, !open);
    const isTheirTurn = () => this.#deps.floor().mode === "speaker" && mayBeHeard(this.#deps.floor(), seat.id);
    if (!open) {
      seat.perhapsOpen.delete(track);
      seat.requests.overtakes(track);
      return asked
        .catch((error: unknown) => {
          if (seat.sid === connection) seat.requests.muteLost(track, this.#deps.now());
          throw error;
        })
        .finally(() => {
          // They have got the word meanwhile: it was not they who closed it.
          if (seat.sid === connection && isTheirTurn()) seat.opened.delete(track);
        });
    }
    await seat.requests.opens(track, asked, this.#deps.now).finally(() => {
      // LiveKit may have done it after a mute that was asked for meanwhile.
      const isOvertaken = seat.requests.overtaken.delete(track) && seat.sid === connection;
      if (isOvertaken && !isTheirTurn()) seat.perhapsOpen.add(track);
    });
  }

  async #grant(seat: CallSeat): Promise<void> {
    const connection = seat.sid;
    await this.#deps.hands.setMayPublish(seat.id, true);
    if (seat.sid === connection) seat.mayPublish = true;
  }

  async #revoke(seat: CallSeat, offence: Offence | null): Promise<void> {
    const connection = seat.sid;
    // Counts from this moment, whatever becomes of the connection; a turn that comes meanwhile ends it.
    seat.shutOut = true;
    await this.#deps.hands.setMayPublish(seat.id, false);
    // A person who was shut out silently may have tried something in the meantime.
    const found = offence ?? (seat.sid === connection ? seat.offence : null);
    if (found) this.#deps.onViolation(seat.id, found);
    if (seat.sid !== connection) return;
    seat.mayPublish = false;
    seat.offence = null;
  }

  /**
   * Repeats a request in its order: a mute waits until a repeated unmute is done. On the open floor people open and
   * close their microphones by hand, and the keeper closes all once; nothing that is repeated may undo that. There only
   * a mute is repeated, for those who come back with a microphone open and would think that they are heard.
   */
  #sayAgain(seat: CallSeat, sid: string, open: boolean): void {
    this.#reminders.add(() => {
      const unchanged = seat.tracks.some((track) => track.sid === sid && track.open === open);
      if (!unchanged || this.#closed) return;
      if (this.#deps.floor().mode === "open" && (open || this.#deps.now() >= seat.bringsOpenUntil)) return;
      seat.orders.give({
        thing: sid,
        closes: !open,
        send: () => this.#ask(seat, sid, open),
        settled: () => this.makeSo(seat),
        failed: () => {},
      });
    });
  }
}
