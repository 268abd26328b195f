import type { en } from "../widget/src/language/en.ts";
import type { ru } from "../widget/src/language/ru.ts";

/** Parts of a guide that come from the catalogues, so that it says what stands on the screen. */
export type GuideParts = {
  readonly widget: typeof en | typeof ru;
  readonly pictures: { readonly check: string; readonly turn: string };
  readonly signs: string;
  readonly marks: string;
  readonly commands: string;
  /** Effects of the reactions on a circle's message. */
  readonly sign: string;
};
