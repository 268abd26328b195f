import { CAPTION_NAME, CaptionAttributes } from "@mindminder/protocol/captions.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { Store } from "../store.ts";

export type CaptionLine = { readonly segment: string; readonly text: string; readonly final: boolean };

export type CaptionLines = {
  readonly speaker: ParticipantId | null;
  /** Name under which the captions came; null: they came without one. */
  readonly name: string | null;
  /** The speaker's last pieces, oldest first. */
  readonly said: readonly CaptionLine[];
};

/** Number of pieces that may fill the lines that are shown. */
const KEPT = 4;
const SHOWN_FOR_MS = 8_000;

const NOBODY: CaptionLines = { speaker: null, name: null, said: [] };

/** Captions of the running call. They are not the record: the service makes that, with more care. */
export class CaptionStore extends Store<CaptionLines> {
  #clearing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super(NOBODY);
  }

  /** A text stream of the call; what is no caption of ours is left alone. */
  hear(speaker: ParticipantId, attributes: unknown, text: string): void {
    const { success, data } = CaptionAttributes.safeParse(attributes);
    if (!success) return;
    const before = this.get();
    const said = before.speaker === speaker ? before.said : [];
    const caption = {
      segment: data["lk.segment_id"],
      text: text.trim(),
      final: data["lk.transcription_final"] === "true",
    };
    // Streams are read side by side, so an early text may arrive after the final one.
    if (!caption.final && said.some(({ segment, final }) => segment === caption.segment && final)) return;
    const known = said.some(({ segment }) => segment === caption.segment);
    const next = known ? said.map((each) => (each.segment === caption.segment ? caption : each)) : [...said, caption];
    this.set({ speaker, name: data[CAPTION_NAME] ?? null, said: next.slice(-KEPT) });
    clearTimeout(this.#clearing);
    this.#clearing = setTimeout(() => this.clear(), SHOWN_FOR_MS);
  }

  clear(): void {
    clearTimeout(this.#clearing);
    this.set(NOBODY);
  }
}
