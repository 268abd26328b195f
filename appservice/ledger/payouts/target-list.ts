import type { PayoutTarget } from "./payout-target.ts";

/** All places that orders to pay can be handed to, one file each. */
export const PAYOUT_TARGETS: readonly PayoutTarget[] = [
  (await import("./csv.ts")).csv,
  (await import("./signed-request.ts")).signedRequest,
];
