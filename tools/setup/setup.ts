import { type AiogramPaths, ensureAiogram } from "./aiogram.ts";
import { cacheFolder } from "./cache.ts";
import { ensureChromium, ensureHeadlessShell, type ChromiumPaths } from "./chromium.ts";
import { ensureEmbeddingsServer, type EmbeddingsServerPaths } from "./embeddings-server.ts";
import { ensureLiveKit, type LiveKitPaths } from "./livekit.ts";
import { progressOn, type Progress } from "./progress.ts";
import { ensureRadicale, type RadicalePaths } from "./radicale.ts";
import { ensureRoundup, type RoundupPaths } from "./roundup.ts";
import { ensureSpeechModel, type SpeechModelPaths } from "./speech-model.ts";
import { ensureSynapse, type SynapsePaths } from "./synapse.ts";
import { ensureTranscriptionServer, type TranscriptionServerPaths } from "./transcription-server.ts";
import { ensureWidget, type WidgetPaths } from "./widget.ts";

type Paths = {
  synapse: SynapsePaths;
  livekit: LiveKitPaths;
  speech: SpeechModelPaths;
  chromium: ChromiumPaths;
  headlessShell: ChromiumPaths;
  widget: WidgetPaths;
  transcriptionServer: TranscriptionServerPaths;
  radicale: RadicalePaths;
  embeddingsServer: EmbeddingsServerPaths;
  roundup: RoundupPaths;
  aiogram: AiogramPaths;
};

/** Real servers and models that the tests run against. */
export const TEST_SERVERS = {
  synapse: true,
  livekit: true,
  speech: true,
  transcriptionServer: true,
  radicale: true,
  roundup: true,
  embeddingsServer: true,
  aiogram: true,
} as const satisfies Wanted;

type Wanted = { [Part in keyof Paths]?: boolean };
/** The paths of what was asked for. */
type SetUp<W extends Wanted> = { [Part in keyof Paths as W[Part] extends true ? Part : never]: Paths[Part] };

/**
 * Everything that a start of the product, its tests or its demo needs besides npm's packages. What is there is left
 * alone, in milliseconds; what is missing is fetched or built.
 */
export async function setUp<const W extends Wanted>(wanted: W, progress: Progress = progressOn()): Promise<SetUp<W>> {
  const paths: Partial<Paths> = {};
  const part =
    <P extends keyof Paths>(name: P, ensure: (progress: Progress) => Promise<Paths[P]>) =>
    async () => {
      if (wanted[name]) paths[name] = await ensure(progress);
    };

  const { widget: _besideItsSources, ...inCache } = wanted;
  if (Object.values(inCache).includes(true))
    progress.say(`What is fetched or built is kept in ${cacheFolder()} (MINDMINDER_CACHE moves it).`);
  // LiveKit's compiler takes both cores for minutes, while the others wait for the network half of their time: they go
  // side by side. Those that may ask for a password or change the system's packages come one after another, and first.
  await part("chromium", ensureChromium)();
  await part("headlessShell", ensureHeadlessShell)();
  const rest = await Promise.allSettled([
    part("livekit", ensureLiveKit)(),
    inTurn(
      part("synapse", ensureSynapse),
      part("speech", ensureSpeechModel),
      part("transcriptionServer", ensureTranscriptionServer),
      part("radicale", ensureRadicale),
      part("roundup", ensureRoundup),
      part("embeddingsServer", ensureEmbeddingsServer),
      part("aiogram", ensureAiogram),
      part("widget", ensureWidget),
    ),
  ]);
  const problems = rest.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  if (problems.length > 0)
    throw problems.length === 1 ? problems[0] : new AggregateError(problems, problems.map(String).join("\n"));
  return paths as SetUp<W>;
}

async function inTurn(...steps: (() => Promise<void>)[]): Promise<void> {
  for (const step of steps) await step();
}
