import { setTimeout as wait } from "node:timers/promises";
import { SimulatedLiveKit } from "../../simulate/world/livekit.ts";
import { Mischief } from "../../simulate/world/mischief.ts";
import type { LiveKitInQuestion } from "./livekit-in-question.ts";

/** The simulated LiveKit in real time, with nothing going wrong. */
export async function simulatedLiveKit(): Promise<LiveKitInQuestion> {
  const livekit = new SimulatedLiveKit({
    time: {
      // A network takes its time.
      wait: (ms) => wait(ms),
      get now() {
        return performance.now();
      },
      later: (ms, work) => setTimeout(work, ms),
      get wallClock() {
        return Date.now();
      },
    },
    mischief: new Mischief("contract", { faults: [], without: new Set(), tell: () => {} }),
    seed: "contract",
  });
  livekit.onWebhook = (body) => inQuestion.onWebhook(body, undefined);
  const inQuestion: LiveKitInQuestion = {
    reached: livekit.for({ alive: true }),
    onWebhook: () => {},
    async come(token) {
      let [metadata, isOut] = ["", false];
      const connected = livekit.join(token, {
        onMetadata: (told) => void (metadata = told),
        onOut: () => void (isOut = true),
      });
      return (
        connected && {
          publish: async () => livekit.turn(connected, false),
          turn: (open) => void livekit.turn(connected, open),
          leave: async () => livekit.leave(connected),
          get metadata() {
            return metadata;
          },
          get isOut() {
            return isOut;
          },
        }
      );
    },
    close: async () => {},
  };
  return inQuestion;
}
