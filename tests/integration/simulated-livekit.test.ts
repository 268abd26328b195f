import { beforeAll, expect, test } from "vitest";
import { putToLiveKit } from "../support/contract/livekit-scenes.ts";
import { realLiveKit } from "../support/contract/real-livekit.ts";
import { simulatedLiveKit } from "../support/contract/simulated-livekit.ts";
import { LONG } from "../support/stack/long.ts";

type Said = Awaited<ReturnType<typeof putToLiveKit>>;
/** The same script, put to LiveKit and to the one of the simulator. */
let [real, simulated]: Said[] = [];

beforeAll(async () => {
  [real, simulated] = await Promise.all(
    [realLiveKit, simulatedLiveKit].map(async (start) => {
      const livekit = await start();
      try {
        return await putToLiveKit(livekit);
      } finally {
        await livekit.close();
      }
    }),
  );
});

test.runIf(LONG)("each answer, and what is seen and told after it, is the same", () => {
  expect(real?.steps.length).toBeGreaterThan(50);
  expect(answersOf(simulated)).toEqual(answersOf(real));
  // On a busy machine LiveKit's news of one step come during the next.
  expect(newsOf(simulated)).toEqual(newsOf(real));
});

test.runIf(LONG)(
  "the script asks everything that the service asks of LiveKit, and gives every sort of token",
  async () => {
    const { server, tokens, witness: _, ...rest } = (await simulatedLiveKit()).reached;
    const all = [...Object.keys(server), ...Object.keys(tokens), ...Object.keys(rest)];
    expect([...(real?.questions ?? [])].sort()).toEqual(all.sort());
  },
);

function answersOf(said: Said | undefined) {
  return said?.steps.map(({ step, result }) => ({ step, result }));
}

/**
 * All that was seen and told. LiveKit ends a call for one after the other in any order: of those who are still in it,
 * the watcher sees as many leave as go before it does.
 */
function newsOf(said: Said | undefined) {
  const end = said?.steps.findIndex(({ step }) => step === "the call is ended") ?? -1;
  expect(end).toBeGreaterThan(0);
  return said?.steps
    .flatMap(({ follows }, at) => (at < end ? follows : follows.filter((news) => !GOES.test(news))))
    .sort();
}

const GOES = /^watcher (?:left|unpublished) /;
