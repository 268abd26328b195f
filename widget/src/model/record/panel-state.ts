import { Store } from "../store.ts";

/** The parts of the record's panel, by the names of their tabs. */
export const TABS = ["said", "minutes", "graph", "time"] as const;
export type Tab = (typeof TABS)[number];

export type PanelState = {
  /** The part that was chosen; null shows what is of most use. */
  readonly tab: Tab | null;
  /**
   * Place in the record that the reader was sent to; `times` grows with each sending, so that the panel goes there
   * again.
   */
  readonly sent: { readonly to: "suggestion" | "top"; readonly times: number };
};

/** Store of the part of the record that is looked at. */
export class PanelStore extends Store<PanelState> {
  constructor() {
    super({ tab: null, sent: { to: "top", times: 0 } });
  }

  readonly turnTo = (tab: Tab, to: PanelState["sent"]["to"] = "top"): void =>
    this.set({ tab, sent: { to, times: this.get().sent.times + 1 } });
}
