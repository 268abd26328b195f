import type { GuestsRequest, GuestsResponse } from "@mindminder/protocol/guests.ts";
import type { MeetingStore } from "../meeting/meeting-store.ts";
import type { NoticeStore } from "../meeting/notices.ts";
import { type Me, rightsOf } from "../meeting/rights.ts";
import { noticeOf } from "../meeting/send-command.ts";
import type { ServiceClient } from "../service/service-client.ts";
import { Store } from "../store.ts";

type Options = {
  readonly client: Pick<ServiceClient, "guests" | "changeGuests">;
  readonly store: MeetingStore;
  readonly notices: NoticeStore;
  readonly me: Me;
};

const EVERY_MS = 4_000;

/** Guests and their links, for those who receive them; null for all others, and until it is known. */
export class GuestStore extends Store<{ readonly guests: GuestsResponse | null }> {
  readonly #options: Options;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(options: Options) {
    super({ guests: null });
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), EVERY_MS);
  }

  /** Asks no more. */
  readonly close = (): void => clearInterval(this.#timer);

  readonly change = async (request: GuestsRequest): Promise<void> => {
    const { client, notices } = this.#options;
    try {
      this.set({ guests: await client.changeGuests(request) });
    } catch (failure) {
      notices.show(noticeOf(failure));
      await this.#look();
    }
  };

  /** Asks at once, as when the page about guests opens. */
  readonly look = (): void => void this.#look();

  async #look(): Promise<void> {
    const { client, store, me } = this.#options;
    const { meeting, hosts } = store.get();
    if (!rightsOf(meeting, me, hosts).mayHost) return this.set({ guests: null });
    const guests = await client.guests().catch(() => null);
    if (guests) this.set({ guests });
  }
}
