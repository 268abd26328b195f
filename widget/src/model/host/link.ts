import type { HostKind } from "./host-kind.ts";

/** A browser that a personal link was opened in: no client around it. */
export const personalLink: HostKind = {
  isHere: ({ code }) => code !== null && code !== "",
  open: async (parameters) => (await import("./open-by-link.ts")).openByLink(parameters),
};
