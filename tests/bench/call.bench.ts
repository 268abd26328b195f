import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { BareCall } from "./bare-call.ts";
import { p50, p95, type Bench, type Figure } from "./figures.ts";
import { ServiceMeeting, showsSpeaker } from "../support/stack/service-meeting.ts";
import { Circle, type Pass } from "./seven.ts";

const PEOPLE = ["Ann", "Bob", "Eve", "Kim", "Max", "Sue", "Tom"];
/** Blocks of both kinds follow one another, so that a slow moment of the machine meets both. */
const BLOCKS = 5;
const PASSES = 12;
/** The first block finds cold connections and unoptimised code, in LiveKit as in the service. */
const WARM_UP = 1;
/** Between two passes, for the machine to come to rest. */
const REST_MS = 150;

export const bench: Bench = {
  about: `a pass among ${PEOPLE.length} in one call, through the whole service and by the same requests made to LiveKit bare`,
  async run(say) {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-bench-"));
    const meeting = await ServiceMeeting.open({ dir, people: PEOPLE, circles: 3, betweenSeconds: 0 });
    await meeting.gather();
    const circle = await Circle.gather(await meeting.access());

    const ours: Pass[] = [];
    const bare: Pass[] = [];
    for (let block = -WARM_UP; block < BLOCKS; block++) {
      say(block < 0 ? "warming up" : `block ${block + 1} of ${BLOCKS}: ${PASSES} passes each`);
      const both = { ours: await passesOfService(meeting, circle), bare: await passesOfLiveKit(meeting, circle) };
      if (block < 0) continue;
      ours.push(...both.ours);
      bare.push(...both.bare);
    }

    await circle.leave();
    await meeting.close();
    await rm(dir, { recursive: true, force: true });
    return [
      ...figures("heard", ours, bare, { ratio: 1.3 }),
      ...figures("silent", ours, bare, {}),
      ...figures("told", ours, bare, { p95: 60 }),
    ];
  },
};

async function passesOfService(meeting: ServiceMeeting, circle: Circle): Promise<Pass[]> {
  await meeting.gather();
  let now = await meeting.start();
  await wait(1_000);
  const passes: Pass[] = [];
  while (passes.length < PASSES) {
    const { turn, next } = now;
    if (turn?.status !== "speaking" || !next) {
      // The last of a circle passes to nobody: that is no measure.
      if (turn?.status === "speaking") await meeting.pass(now);
      await wait(300);
    } else {
      const before = now;
      passes.push(
        await circle.measure({
          old: turn.speaker,
          next,
          shows: (metadata) => showsSpeaker(metadata, next),
          click: async () => void (await meeting.pass(before)),
        }),
      );
      await wait(REST_MS);
    }
    now = await meeting.now();
  }
  await meeting.end();
  await wait(500);
  return passes;
}

async function passesOfLiveKit({ service, room }: ServiceMeeting, circle: Circle): Promise<Pass[]> {
  const size = circle.callers[0]?.room.metadata?.length ?? 0;
  const call = await BareCall.begin(service.livekit, room, circle);
  await wait(1_000);
  const passes: Pass[] = [];
  while (passes.length < PASSES) {
    passes.push(await call.pass(size));
    await wait(REST_MS);
  }
  return passes;
}

/** Ratios are of the same percentile: ours to LiveKit's own. */
function figures(
  what: keyof Pass,
  ours: readonly Pass[],
  bare: readonly Pass[],
  goals: { p95?: number; ratio?: number },
): Figure[] {
  const [our, its] = [ours, bare].map((passes) => passes.map((pass) => pass[what])) as [number[], number[]];
  return [
    { name: `pass.${what}.p50`, value: p50(our), unit: "ms" },
    { name: `pass.${what}.p95`, value: p95(our), unit: "ms", goal: goals.p95 },
    { name: `pass.${what}.bare.p50`, value: p50(its), unit: "ms" },
    { name: `pass.${what}.bare.p95`, value: p95(its), unit: "ms" },
    { name: `pass.${what}.ratio.p50`, value: p50(our) / p50(its), unit: "times" },
    { name: `pass.${what}.ratio`, value: p95(our) / p95(its), unit: "times", goal: goals.ratio },
  ];
}
