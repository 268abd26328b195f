import { lazy, Suspense } from "react";
import { usePreferences } from "../../sitting/use-preferences.ts";

const TranslatedText = lazy(() => import("./translated-text.tsx"));

/** Stands below a text of the record: the same in the language that its reader chose, or nothing. */
export function Translation({ of }: { of: readonly string[] }) {
  const { translateTo } = usePreferences();
  return (
    translateTo && (
      <Suspense>
        <TranslatedText of={of} to={translateTo} />
      </Suspense>
    )
  );
}
