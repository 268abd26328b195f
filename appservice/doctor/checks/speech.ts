import { SAMPLE_RATE } from "../../scribe/engine.ts";
import { decodesHere } from "../../scribe/options.ts";
import { openEngine } from "../../scribe/open-engine.ts";
import { type Finding, inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import type { DoctorLook } from "../look.ts";
import { monotonic, sleep, timeLimit } from "../../time/time.ts";

const ANSWER_WITHIN_MS = 60_000;
/** A second of silence in more than this leaves no hope of following people who speak. */
const SLOW_MS = 3_000;

export const speech: DoctorLook = {
  title: "Speech to text",
  async look({ config }) {
    const options = config.speech;
    if (options.engine === "off")
      return [
        notLookedAt(
          "Speech recognition is switched off: nothing of what is said is written down.",
          "Set speech.engine.",
        ),
      ];
    if (!decodesHere(options)) return [notLookedAt("The service decodes nothing by itself: see the speech workers.")];
    return [await Promise.race([decoded(options), sleep(ANSWER_WITHIN_MS, { ref: false }).then(() => tooSlow)])];
  },
};

const tooSlow = problem(
  `The speech engine did not answer in ${ANSWER_WITHIN_MS / 1000} seconds.`,
  "Look into its server's log, or choose another engine by speech.engine.",
);

async function decoded(options: Parameters<typeof openEngine>[0]): Promise<Finding> {
  try {
    const engine = await openEngine(options);
    const began = monotonic();
    await engine.transcribe(
      { samples: new Float32Array(SAMPLE_RATE), language: "en", vocabulary: [] },
      timeLimit(ANSWER_WITHIN_MS),
    );
    const took = monotonic() - began;
    const known = engine.knownFor === undefined ? "" : `; known for: ${engine.knownFor}`;
    const said = `${engine.id} (${engine.model}${known}) took ${(took / 1000).toFixed(1)} s for a second of silence.`;
    return took > SLOW_MS
      ? warning(said, "It will lag behind people. Give it a faster machine, or a smaller model.")
      : inOrder(said);
  } catch (error) {
    return problem(
      `The speech engine cannot be used (${reasonOf(error)}).`,
      `“npm run speech-model” fetches the model; for a server check speech.${options.engine}.`,
    );
  }
}
