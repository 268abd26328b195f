/** A button that the place around the page draws itself, below or above it. */
export type ShellButton = {
  readonly text: string;
  readonly active: boolean;
  /** It is being done: the button shows so. */
  readonly busy: boolean;
  readonly press: () => void;
};

/** Parts of an app that the place around the page has of its own, and the page need not draw. */
export type HostShell = {
  /** Shows the one button of the moment; null takes it away. */
  showMain(button: ShellButton | null): void;
  /** Shows the way back; null takes it away. */
  showBack(onBack: (() => void) | null): void;
  /** Lets the hand feel that one's turn comes, or is here. */
  feel(sign: "next" | "word"): void;
  /** Asks before the page is closed by a careless hand. */
  confirmClosing(on: boolean): void;
  openInBrowser(url: string): void;
};
