import { setTimeout as wait } from "node:timers/promises";
import type { Link } from "../../support/network/people-networks.ts";
import { within } from "../seven.ts";
import type { DistantCircle } from "./distant-circle.ts";

const BREAK_MS = 5_000;
/** Sound flows before the link breaks, and what a break set going is over before the next. */
const BETWEEN_MS = 3_000;
const PATIENCE_MS = 60_000;

/** Whose link breaks: of whoever speaks, of somebody who listens, of the next one while the word passes to them. */
export type Breaks = "speaker" | "listener" | "next";

export type BackAfterBreak = {
  /** Milliseconds from the link's return until they are heard, or hear. */
  readonly ms: number;
  /** The turn is still, or now, the one it should be. */
  readonly kept: boolean;
};

export async function breakLink(circle: DistantCircle, whose: Breaks, link: Link): Promise<BackAfterBreak> {
  await wait(BETWEEN_MS);
  const { speaker, next, now } = await circle.midway();
  const bystander = circle.people.find((each) => each !== speaker && each !== next);
  if (!bystander) throw new Error("a third is needed");
  const [broken, ear, voice] = {
    speaker: [speaker, bystander, speaker] as const,
    listener: [bystander, bystander, speaker] as const,
    next: [next, bystander, next] as const,
  }[whose];
  await ear.order({ does: "listen", whom: voice.id });
  // The ear is at work when the link breaks.
  await wait(500);

  circle.link(broken, { ...link, broken: true });
  if (whose === "next") await speaker.press(now.version);
  // So long is the link broken.
  await wait(BREAK_MS);
  const heard = ear.heard(voice.id);
  const backAt = performance.timeOrigin + performance.now();
  circle.link(broken, link);
  const at = await within(PATIENCE_MS, heard, () => `after a break, ${ear.name} does not hear ${voice.name}`);
  await ear.order({ does: "deaf" });
  const after = await circle.meeting.now();
  return { ms: at - backAt, kept: after.turn?.speaker === voice.id };
}
