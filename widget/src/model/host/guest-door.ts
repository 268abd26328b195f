import type { KnockResponse } from "@mindminder/protocol/guests.ts";
import { GUEST_ERRORS } from "@mindminder/protocol/guests.ts";
import { ServiceFailure } from "../service/failure.ts";
import { Store } from "../store.ts";

/** The door stays shut for somebody. */
export class GuestRefused extends Error {
  readonly kind: "guest-link-over" | "turned-away";

  constructor(kind: GuestRefused["kind"], cause: unknown) {
    super(kind, { cause });
    this.kind = kind;
  }
}

/** Tells of an answer of the service whether the door stays shut; null: it may still open. */
export function refusalOf({ errcode }: ServiceFailure): GuestRefused["kind"] | null {
  if (errcode === GUEST_ERRORS.over) return "guest-link-over";
  return errcode === GUEST_ERRORS.turnedAway ? "turned-away" : null;
}

/** Reason why somebody is asked for their name again. */
export type NameProblem = "name" | "full" | "busy" | "away";

/** `asks`: for a name. `early`: nobody sits there yet. `in`: the circle opens. */
export type DoorState =
  | { readonly at: "looking" | "in" }
  | { readonly at: "asks"; readonly problem: NameProblem | null; readonly asking: boolean }
  | { readonly at: "waits" | "early"; readonly name: string };

type Options = {
  readonly knock: (name?: string) => Promise<KnockResponse>;
  readonly everyMs?: number;
};

const EVERY_MS = 2_000;

/** The door of a meeting, before which a guest says who they are and waits until they are let in. */
export class GuestDoor extends Store<DoorState> {
  readonly #knock: Options["knock"];
  readonly #everyMs: number;
  readonly #let: PromiseWithResolvers<void> = Promise.withResolvers();
  #name: string | undefined;

  constructor({ knock, everyMs = EVERY_MS }: Options) {
    super({ at: "looking" });
    this.#knock = knock;
    this.#everyMs = everyMs;
    void this.#look();
  }

  /** Resolves when they are let in. Rejects with a `GuestRefused` where they never will be. */
  through(): Promise<void> {
    return this.#let.promise;
  }

  readonly ask = (name: string): void => {
    this.#name = name;
    this.set({ at: "asks", problem: null, asking: true });
    void this.#look();
  };

  async #look(): Promise<void> {
    try {
      this.#answered(await this.#knock(this.#name));
    } catch (failure) {
      this.#failed(failure);
    }
  }

  #answered({ state, name }: KnockResponse): void {
    switch (state) {
      case "new":
        return this.set({ at: "asks", problem: null, asking: false });
      case "in":
        this.set({ at: "in" });
        return this.#let.resolve();
      default:
        this.set({ at: state, name: name ?? "" });
        this.#again();
    }
  }

  #failed(failure: unknown): void {
    const errcode = failure instanceof ServiceFailure ? failure.errcode : "";
    const refused = failure instanceof ServiceFailure ? refusalOf(failure) : null;
    if (refused) return this.#let.reject(new GuestRefused(refused, failure));
    const away = !(failure instanceof ServiceFailure) || failure.kind === "away";
    const { at } = this.get();
    // Somebody who waits goes on waiting, whatever one answer was.
    if (at === "waits" || at === "early" || (at === "looking" && away)) return this.#again();
    if (!away && errcode !== GUEST_ERRORS.name && errcode !== GUEST_ERRORS.full && at === "looking")
      return this.#let.reject(failure);
    this.set({ at: "asks", problem: PROBLEMS[errcode] ?? (away ? "away" : "busy"), asking: false });
  }

  #again(): void {
    setTimeout(() => void this.#look(), this.#everyMs);
  }
}

const PROBLEMS: Readonly<Record<string, NameProblem>> = {
  [GUEST_ERRORS.name]: "name",
  [GUEST_ERRORS.full]: "full",
};
