import { lazy, Suspense } from "react";
import type { MeetingId } from "@mindminder/protocol/identity.ts";
import { usePreferences } from "../../sitting/use-preferences.ts";

const TranslatedText = lazy(() => import("./translated-text.tsx"));

/**
 * Stands below a text: the same in the language that its reader chose, or nothing. `meeting`: whose text it is, where
 * that is not the meeting whose record is shown.
 */
export function Translation(text: { of: readonly string[]; meeting?: MeetingId }) {
  const { translateTo } = usePreferences();
  return (
    translateTo && (
      <Suspense>
        <TranslatedText {...text} to={translateTo} />
      </Suspense>
    )
  );
}
