import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench } from "./figures.ts";
import { underFlood } from "./stall/under-flood.ts";

const ROGUES = 6;
const PAST_MEETINGS = 20;

export const bench: Bench = {
  about: `all doors are knocked at without end, ${PAST_MEETINGS} long past meetings among what is asked for: how long is somebody heard in another room who speaks out of turn, and how soon does the service answer`,
  async run(say) {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-stall-"));
    const found = await underFlood({ dir, rogues: ROGUES, pastMeetings: PAST_MEETINGS, say });
    await rm(dir, { recursive: true, force: true });
    for (const [what, times] of found.knocks) say(`${String(times).padStart(6)} × ${what}`);
    return [
      { name: "stall.loop_p99_ms", value: found.loopP99Ms, unit: "ms", goal: 30 },
      { name: "stall.rogue_ms", value: found.rogueMs, unit: "ms", goal: 20 },
      { name: "stall.healthz_p95_ms", value: found.healthMs.p95, unit: "ms", goal: 50 },
      { name: "stall.healthz_most_ms", value: found.healthMs.most, unit: "ms", goal: 100 },
      { name: "stall.own_stalls", value: found.stalls, unit: "", goal: 0 },
      { name: "stall.speaker_heard_ms", value: found.speakerMs, unit: "ms", atLeast: 1_000 },
    ];
  },
};
