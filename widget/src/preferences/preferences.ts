import { useSyncExternalStore } from "react";
import { z } from "zod";
import { Language } from "../../../appservice/protocol/identity.ts";
import { Store } from "../meeting/store.ts";

/** What a person set for themselves on this device. What cannot be read counts as not set. */
const Preferences = z.object({
  /** A quiet sound when one's turn comes and near its end. */
  sounds: z.boolean().catch(true),
  /** Words of the speaker below the ring. */
  captions: z.boolean().catch(true),
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
});
export type Preferences = z.infer<typeof Preferences>;

const KEY = "mindminder.preferences.1";

class PreferenceStore extends Store<Preferences> {
  constructor() {
    super(Preferences.safeParse(kept()).data ?? Preferences.parse({}));
  }

  override set(change: Partial<Preferences>): void {
    super.set(change);
    try {
      localStorage.setItem(KEY, JSON.stringify(this.get()));
    } catch {
      // Storage may be closed to frames; then it lasts for as long as the page.
    }
  }
}

function kept(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return null;
  }
}

export const preferences = new PreferenceStore();

export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.subscribe, preferences.get);
}
