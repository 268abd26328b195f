import type { ParticipantId } from "@mindminder/protocol/identity.ts";

/** As much of LiveKit's publication as decides whether it is taken. */
type Offered = { readonly isEncrypted: boolean; setSubscribed(subscribed: boolean): void };
type Sound = { attach(): HTMLMediaElement; detach(): HTMLMediaElement[] };

/** Reasons why somebody is not played: their media come open into an encrypted call, or by a key that is not here. */
export type Unplayed = "open" | "unreadable";

type Timer = ReturnType<typeof setTimeout>;
type Unreadable = { told: boolean; readonly telling: Timer; forgiving: Timer };

/**
 * Milliseconds after the last failure after which somebody is taken to be readable again. The library names a failure
 * that lasts once a minute at least.
 */
const FORGIVEN_AFTER_MS = 65_000;
/** Milliseconds that a key may take to come before a person is told that it is missing. */
const KEY_COMES_WITHIN_MS = 1_500;

/**
 * Plays the voices of a call. In an encrypted one media that come open are refused, and whoever cannot be decrypted is
 * muted, so that nobody is ever played noise, or sound that whoever carries the call has made.
 */
export class PlayedSounds {
  readonly #place = document.createElement("div");
  readonly #encrypted: boolean;
  readonly #onChange: () => void;
  readonly #elements = new Map<ParticipantId, Set<HTMLMediaElement>>();
  /** Media that come open, by the person. */
  readonly #open = new Map<ParticipantId, Set<Offered>>();
  readonly #unreadable = new Map<ParticipantId, Unreadable>();

  constructor({ encrypted, onChange }: { readonly encrypted: boolean; readonly onChange: () => void }) {
    this.#encrypted = encrypted;
    this.#onChange = onChange;
    this.#place.hidden = true;
  }

  begin(): void {
    document.body.append(this.#place);
  }

  end(): void {
    for (const who of [...this.#unreadable.keys()]) this.#forgive(who);
    this.#place.remove();
  }

  /** Tells whether something that is published may be shown or played; takes it no further where not. */
  accepts(publication: Offered, who: ParticipantId): boolean {
    if (!this.#encrypted || publication.isEncrypted) return true;
    publication.setSubscribed(false);
    this.#open.set(who, (this.#open.get(who) ?? new Set()).add(publication));
    this.#onChange();
    return false;
  }

  /** Forgets what is published no more: somebody whose page does better now is not blamed any longer. */
  unpublished(publication: Offered, who: ParticipantId): void {
    this.#open.get(who)?.delete(publication);
  }

  play(sound: Sound, who: ParticipantId): void {
    const element = sound.attach();
    element.muted = this.#unreadable.has(who);
    this.#elements.set(who, (this.#elements.get(who) ?? new Set()).add(element));
    this.#place.append(element);
  }

  stop(sound: Sound, who: ParticipantId): void {
    for (const element of sound.detach()) {
      element.remove();
      this.#elements.get(who)?.delete(element);
    }
  }

  /** Mutes somebody whose sound cannot be decrypted. */
  cannotRead(who: ParticipantId): void {
    const known = this.#unreadable.get(who);
    const forgiving = setTimeout(() => {
      this.#forgive(who);
      this.#onChange();
    }, FORGIVEN_AFTER_MS);
    if (known) {
      clearTimeout(known.forgiving);
      known.forgiving = forgiving;
      return;
    }
    const telling = setTimeout(() => {
      entry.told = true;
      this.#onChange();
    }, KEY_COMES_WITHIN_MS);
    const entry: Unreadable = { told: false, telling, forgiving };
    this.#unreadable.set(who, entry);
    this.#mute(who, true);
  }

  /** Tries everybody again, by a new key. */
  tryAgain(): void {
    for (const who of [...this.#unreadable.keys()]) this.#forgive(who);
    this.#onChange();
  }

  /** Forgets somebody who has gone: they may come back with another page. */
  left(who: ParticipantId): void {
    this.#open.delete(who);
    this.#forgive(who);
  }

  /** Reason why somebody is not played; null: they are. */
  why(who: ParticipantId): Unplayed | null {
    if (this.#open.get(who)?.size) return "open";
    return this.#unreadable.get(who)?.told ? "unreadable" : null;
  }

  #forgive(who: ParticipantId): void {
    const { telling, forgiving } = this.#unreadable.get(who) ?? {};
    clearTimeout(telling);
    clearTimeout(forgiving);
    this.#unreadable.delete(who);
    this.#mute(who, false);
  }

  #mute(who: ParticipantId, muted: boolean): void {
    for (const element of this.#elements.get(who) ?? []) element.muted = muted;
  }
}
