import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Link, networksOrWhyNot, type PeopleNetworks } from "../support/network/people-networks.ts";
import { ServiceMeeting } from "../support/stack/service-meeting.ts";
import { p50, p95, type Bench, type Figure } from "./figures.ts";
import { type BackAfterBreak, breakLink, type Breaks } from "./net/breaks.ts";
import { DistantCircle } from "./net/distant-circle.ts";
import { round, type Words } from "./net/words.ts";

const PEOPLE = ["Ann", "Bob", "Eve", "Kim", "Max", "Sue", "Tom"];
const RTT_MS = 80;
const BAD: Link = { delayMs: RTT_MS / 2, jitterMs: 30, loss: 0.02 };
const PASSES = 12;
const BREAKS: readonly Breaks[] = ["speaker", "listener", "next"];
const BREAKS_OF_EACH = 4;

export const bench: Bench = {
  about: `${PEOPLE.length} people behind ${RTT_MS} ms round trip, 30 ms jitter, 2 % loss: by UDP, with UDP closed, with links that break for 5 s`,
  async run(say) {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-net-"));
    const found = await networksOrWhyNot(PEOPLE);
    const figures = found.networks ? await behindNetworks(found.networks, dir, say) : [];
    if (!found.networks) say(`left out: ${found.why}`);
    await rm(dir, { recursive: true, force: true });
    return figures;
  },
};

async function behindNetworks(networks: PeopleNetworks, dir: string, say: (line: string) => void): Promise<Figure[]> {
  const meeting = await ServiceMeeting.open({ dir, people: PEOPLE, circles: 12, betweenSeconds: 0, outside: networks });
  const circle = new DistantCircle(networks, meeting, PEOPLE);
  await circle.join(BAD);
  say("all are in the call, by UDP");
  await meeting.gather();
  await meeting.start();
  const byUdp = await passes(circle, say);
  const words = await round(circle);
  say(`a round of words: ${(words.wrong * 100).toFixed(0)} % of them wrong, ${words.lost.length} lost`);
  for (const each of words.lost) say(`  ${each}`);
  const back: Record<Breaks, BackAfterBreak[]> = { speaker: [], listener: [], next: [] };
  for (let one = 0; one < BREAKS_OF_EACH; one++)
    for (const whose of BREAKS) back[whose].push(await breakLink(circle, whose, BAD));
  for (const whose of BREAKS)
    say(`back after the ${whose}'s link broke, in ms: ${back[whose].map(({ ms }) => ms.toFixed(0)).join(" ")}`);
  await circle.leave();
  await circle.join({ ...BAD, noUdp: true });
  say("all are in the call, by TCP");
  const byTcp = await passes(circle, say);
  await circle.close();
  await meeting.close();
  await networks.close();
  return networkFigures(byUdp, byTcp, back, words);
}

async function passes(circle: DistantCircle, say: (line: string) => void): Promise<number[]> {
  // The ring is told that all are there.
  await wait(2_000);
  await circle.pass();
  const times: number[] = [];
  for (let pass = 0; pass < PASSES; pass++) times.push(...(await circle.pass()));
  say(`a pass is heard after p50/p95 ${p50(times).toFixed(0)}/${p95(times).toFixed(0)} ms`);
  return times;
}

function networkFigures(
  byUdp: readonly number[],
  byTcp: readonly number[],
  back: Readonly<Record<Breaks, readonly BackAfterBreak[]>>,
  { lost, wrong }: Words,
): Figure[] {
  const all = BREAKS.flatMap((whose) => back[whose]);
  const seconds = (breaks: readonly BackAfterBreak[]) => Math.max(...breaks.map(({ ms }) => ms)) / 1_000;
  return [
    { name: "net.heard.p50", value: p50(byUdp), unit: "ms" },
    { name: "net.heard_over_rtt_ms", value: p95(byUdp) - RTT_MS, unit: "ms", goal: 60 },
    // The click, the order to speak, the voice up and the voice down: twice the round trip cannot be saved.
    { name: "net.heard_over_path_ms", value: p95(byUdp) - 2 * RTT_MS, unit: "ms" },
    { name: "net.tcp.heard.p50", value: p50(byTcp), unit: "ms" },
    { name: "net.tcp.heard_over_rtt_ms", value: p95(byTcp) - RTT_MS, unit: "ms", goal: 60 },
    { name: "net.back_s", value: seconds(all), unit: "s", goal: 2 },
    ...BREAKS.map((whose) => ({ name: `net.back.${whose}_s`, value: seconds(back[whose]), unit: "s" })),
    { name: "net.turns_lost", value: all.filter(({ kept }) => !kept).length, unit: "turns", goal: 0 },
    { name: "net.lost", value: lost.length, unit: "captions and turns", goal: 0 },
    { name: "net.words_wrong", value: wrong * 100, unit: "%" },
  ];
}
