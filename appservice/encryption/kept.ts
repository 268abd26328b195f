/**
 * Shapes of what is kept of encryption between two starts, as the two threads hand it to one another. Each `sealed` is
 * by `AtRest`.
 */
export type KeptSleeper = {
  readonly id: string;
  readonly sealed: Uint8Array;
  /** Milliseconds since 1970; `woken`: when it was first drained, null before. */
  readonly made: number;
  readonly woken: number | null;
};

export type KeptRoomKey = { readonly room: string; readonly session: string; readonly sealed: Uint8Array };

export type KeptKeys = {
  /** Private parts of the cross-signing identity; null before the first start. */
  readonly identity: Uint8Array | null;
  readonly sleepers: readonly KeptSleeper[];
  readonly roomKeys: readonly KeptRoomKey[];
};

/** Everything that one step changes; it is written whole or not at all. */
export type KeptChange = {
  readonly identity?: Uint8Array;
  readonly sleeper?: KeptSleeper;
  readonly woken?: { readonly id: string; readonly at: number };
  readonly sleeperGone?: string;
  readonly roomKeys?: readonly KeptRoomKey[];
};
