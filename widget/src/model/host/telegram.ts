import type { HostKind } from "./host-kind.ts";

/** A Telegram app that the Mini App was opened in. */
export const telegram: HostKind = {
  isHere: ({ telegram: launch }) => launch !== null,
  open: async (parameters) => (await import("./open-in-telegram.ts")).openInTelegram(parameters),
};
