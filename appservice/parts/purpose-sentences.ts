import type { Config } from "../configuration/config.ts";
import { translateTo } from "../language/translate.ts";
import type { Shown } from "../protocol/agreement.ts";
import { purposeSentences, type PurposeSentences } from "../purposes/purpose-texts.ts";
import { writingSentence } from "../room/messages/purpose-lines.ts";

/** Purposes that this configuration has a use for, as people are told of them. */
export function purposeSentencesOf(
  { speech, purposes, recording }: Pick<Config, "speech" | "purposes" | "recording">,
  asks: Shown,
): PurposeSentences {
  const days = speech.keepAudioDays;
  return purposeSentences(
    {
      write: { offered: true, say: (t) => writingSentence(asks, t) },
      sound: {
        offered: days > 0,
        exact: recording !== undefined,
        say: (t) =>
          [
            t("purpose.sound", { count: days }),
            ...(recording ? [t(recording.picture ? "purpose.recorded.picture" : "purpose.recorded.sound")] : []),
          ].join(" "),
      },
      improve: { offered: purposes.improve, say: (t) => t("purpose.improve") },
      publish: { offered: purposes.publish, say: (t) => t("purpose.publish") },
    },
    translateTo,
  );
}
