import type { CallMetadata } from "../protocol/call-metadata.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { ListeningPeople } from "../protocol/listening.ts";
import type { CallPerson } from "./livekit-server.ts";
import type { Permissions } from "./permissions.ts";
import type { Connection } from "./presence.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer, wallClock } from "../time/time.ts";

type Deps = {
  readonly permissions: Permissions;
  readonly connections: () => readonly Connection[];
  readonly onFailure: (id: ParticipantId, error: unknown) => void;
};

const AGAIN_MS = 500;

/** Lets nobody listen in unseen: newcomers to the call may hear once everybody in it was shown that they are there. */
export class Hearing {
  readonly #options: Deps;
  /** People who stand in what was shown last. */
  #shown = new Set<ParticipantId>();
  #listening: ListeningPeople = { version: wallClock(), people: [] };
  #again: Timer | undefined;

  constructor(options: Deps) {
    this.#options = options;
  }

  isShown(id: ParticipantId): boolean {
    return this.#shown.has(id);
  }

  /** People in the call whom the circle does not show to be in it. */
  listening(meeting: CallMetadata["meeting"]): ListeningPeople {
    const seated = new Set(inCall(meeting));
    const people = this.#options
      .connections()
      .filter(({ id }) => !seated.has(id))
      .map(({ id, name }) => ({ id, name: name || id }));
    if (JSON.stringify(people) !== JSON.stringify(this.#listening.people))
      this.#listening = { version: this.#listening.version + 1, people };
    return this.#listening;
  }

  /** Takes note of the metadata that everybody in the call has now. */
  told({ meeting, listening }: CallMetadata): void {
    this.#shown = new Set([...inCall(meeting), ...(listening?.people ?? []).map(({ id }) => id)]);
    this.#letHear();
  }

  /** Takes hearing from a newcomer who is not shown yet: a token that LiveKit renewed may let them hear at once. */
  arrived(person: CallPerson): void {
    this.#options.permissions.arrived(person);
    if (this.isShown(person.id)) this.#letHear();
    else if (this.#options.permissions.mayHear(person.id)) this.#set(person.id, false);
  }

  /** Takes the whole list; people who were there before we looked go on hearing. */
  everybody(people: readonly CallPerson[]): void {
    for (const person of people) this.#options.permissions.arrived(person);
    this.#letHear();
  }

  close(): void {
    clearTimer(this.#again);
  }

  #letHear(): void {
    const { connections, permissions } = this.#options;
    for (const { id } of connections()) if (this.isShown(id) && !permissions.mayHear(id)) this.#set(id, true);
  }

  #set(id: ParticipantId, hear: boolean): void {
    const { permissions, onFailure } = this.#options;
    permissions.change(id, { hear }).catch((error: unknown) => {
      onFailure(id, error);
      if (!hear) return;
      void permissions.change(id, { hear: false }).catch(() => {});
      clearTimer(this.#again);
      this.#again = startTimer(() => this.#letHear(), AGAIN_MS).unref();
    });
  }
}

function inCall(meeting: CallMetadata["meeting"]): ParticipantId[] {
  return (meeting?.people ?? []).filter(({ presence }) => presence === "call").map(({ id }) => id);
}
