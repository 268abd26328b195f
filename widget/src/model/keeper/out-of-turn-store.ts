import type { OutOfTurnResponse } from "@mindminder/protocol/out-of-turn.ts";
import { rightsOf, type Me } from "../meeting/rights.ts";
import type { MeetingStore } from "../meeting/meeting-store.ts";
import { Store } from "../store.ts";
import type { ServiceClient } from "../service/service-client.ts";

export type OutOfTurnPerson = OutOfTurnResponse["people"][number];

type Options = { readonly client: Pick<ServiceClient, "outOfTurn">; readonly store: MeetingStore; readonly me: Me };

/** People whose microphone was closed out of turn; the keeper's page asks for them whenever the record has grown. */
export class OutOfTurnStore extends Store<{ readonly people: readonly OutOfTurnPerson[] }> {
  readonly #options: Options;
  #asked = "";
  /** Number of tries of each person when the keeper put the note away. */
  readonly #putAway = new Map<string, number>();

  constructor(options: Options) {
    super({ people: [] });
    this.#options = options;
    options.store.subscribe(() => void this.#look());
    void this.#look();
  }

  readonly putAway = ({ who, times }: OutOfTurnPerson): void => {
    this.#putAway.set(this.#of(who), times);
    this.#show(this.get().people);
  };

  async #look(): Promise<void> {
    const { store, me, client } = this.#options;
    const { meeting, recordVersion } = store.get();
    const state = meeting && rightsOf(meeting, me).maySteer ? `${meeting.id} ${recordVersion}` : "";
    if (state === this.#asked) return;
    this.#asked = state;
    if (state === "") return this.#show([]);
    // Without an answer there is nothing to tell; the next growth of the record asks again.
    const { people } = await client.outOfTurn().catch(() => ({ people: [] }));
    if (state === this.#asked) this.#show(people);
  }

  #show(people: readonly OutOfTurnPerson[]): void {
    this.set({ people: people.filter(({ who, times }) => times > (this.#putAway.get(this.#of(who)) ?? 0)) });
  }

  #of(who: string): string {
    return `${this.#options.store.get().meeting?.id} ${who}`;
  }
}
