import type { ReactNode } from "react";

/** One thing to look at: a part of the widget in one state, in a frame of the size it is made for. */
export type Cell = {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly draw: () => ReactNode;
};
