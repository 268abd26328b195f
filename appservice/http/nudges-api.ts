import type { Issuer } from "../protocol/actor.ts";
import type { NudgesResponse } from "../protocol/nudges.ts";
import type { NUDGE_ROUTES } from "../protocol/routes/nudges.ts";
import type { NudgeAddresses, SessionTab } from "../store/nudge-addresses.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handlers } from "./bind.ts";
import type { Visitor } from "./visitor.ts";

export type NudgesApiDeps = {
  readonly nudgeAddresses: Pick<NudgeAddresses, "put" | "take" | "has">;
  /** The service's public key; null: there are no nudges. */
  readonly nudgeKey: string | null;
};

/** Issuers whose people have a page of their own: a widget's client tells its person itself. */
const WITH_A_PAGE: ReadonlySet<Issuer> = new Set<Issuer>(["link", "guest"]);

/**
 * Addresses at which somebody wants to be told that they are next: for the tab that asks, as long as its session lasts.
 */
export function nudgeHandlers({ nudgeAddresses: addresses, nudgeKey }: NudgesApiDeps): Handlers<typeof NUDGE_ROUTES> {
  const keyFor = ({ actor }: Visitor) => (WITH_A_PAGE.has(actor.issuer) ? nudgeKey : null);
  const answer = (asking: Visitor): NudgesResponse => ({ key: keyFor(asking), on: addresses.has(tabOf(asking)) });
  return {
    nudges: ({ asking }) => answer(asking),
    changeNudges: ({ asking, body: { address } }) => {
      if (address === null) addresses.take(tabOf(asking));
      else if (keyFor(asking) === null) throw new ApiFailure("FORBIDDEN");
      else addresses.put(tabOf(asking), address);
      return answer(asking);
    },
  };
}

const tabOf = ({ actor, room, device }: Visitor): SessionTab => ({ participant: actor.id, room, device });
