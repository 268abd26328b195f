import { z } from "zod";
import { Language } from "@mindminder/protocol/identity.ts";
import { Store } from "../store.ts";
import { keepText, keptText } from "./kept-text.ts";

/** A person's own settings on this device. One that cannot be read counts as not set. */
const Preferences = z.object({
  /** A quiet sound when one is next, when one's turn comes, and near its end. */
  sounds: z.boolean().catch(true),
  /** Signs of one's turn outside the page: the tab's title, vibration. */
  signs: z.boolean().catch(true),
  /** A notification by the browser among these signs; it has to be allowed there as well. */
  notifications: z.boolean().catch(false),
  /** Words of the speaker below the ring. */
  captions: z.boolean().catch(true),
  /** The same words as a live region, for a braille display or a screen reader. */
  captionsAloud: z.boolean().catch(false),
  /** Be heard only while a key is held, in one's own turn. */
  pushToTalk: z.boolean().catch(false),
  noiseSuppression: z.boolean().catch(true),
  echoCancellation: z.boolean().catch(true),
  autoGainControl: z.boolean().catch(true),
  microphone: z.string().nullable().catch(null),
  camera: z.string().nullable().catch(null),
  speaker: z.string().nullable().catch(null),
  /** Null: as the client has it. */
  language: Language.nullable().catch(null),
  /** Language into which the record is translated; null: it is read as it is. */
  translateTo: Language.nullable().catch(null),
});
export type Preferences = z.infer<typeof Preferences>;

const KEY = "mindminder.preferences.1";

class PreferenceStore extends Store<Preferences> {
  constructor() {
    super(Preferences.safeParse(kept()).data ?? Preferences.parse({}));
  }

  override set(change: Partial<Preferences>): void {
    super.set(change);
    keepText(KEY, JSON.stringify(this.get()));
  }
}

function kept(): unknown {
  try {
    return JSON.parse(keptText(KEY) ?? "{}");
  } catch {
    return null;
  }
}

export const preferences = new PreferenceStore();
