import type { HostKind } from "./host-kind.ts";

/** A browser that a link for guests was opened in: somebody without an account. */
export const guestLink: HostKind = {
  isHere: ({ guest }) => guest !== null && guest !== "",
  // Most people come in by another door, and need none of it.
  open: async (parameters) => (await import("./open-by-guest-link.ts")).openByGuestLink(parameters),
};
