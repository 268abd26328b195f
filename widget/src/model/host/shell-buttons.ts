import type { HostShell, ShellButton } from "./host-shell.ts";
import { Store } from "../store.ts";

/** A button of the page that the place around it may draw. `rank`: of several the highest is drawn there. */
export type Offered = ShellButton & { readonly rank: number };

/** Buttons of the page that are drawn outside of it where that is possible: one to go on with, one to go back with. */
export class ShellButtons extends Store<{ readonly main: string | null }> {
  readonly shell: HostShell;
  readonly #offered = new Map<string, Offered>();
  readonly #backs = new Map<string, () => void>();

  constructor(shell: HostShell) {
    super({ main: null });
    this.shell = shell;
  }

  /** Offers the page's button of that key; null takes it back. */
  offer(key: string, button: Offered | null): void {
    if (button) this.#offered.set(key, button);
    else if (!this.#offered.delete(key)) return;
    const [first] = [...this.#offered].toSorted(([, one], [, other]) => other.rank - one.rank);
    this.shell.showMain(first?.[1] ?? null);
    if (this.get().main !== (first?.[0] ?? null)) this.set({ main: first?.[0] ?? null });
  }

  /** Offers a way back, of which the last is shown; null takes it back. */
  offerBack(key: string, back: (() => void) | null): void {
    this.#backs.delete(key);
    if (back) this.#backs.set(key, back);
    this.shell.showBack([...this.#backs.values()].at(-1) ?? null);
  }
}
