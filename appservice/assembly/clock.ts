import { type Assembly, inRing, type Ring, type RunningAssembly, standing, voiceNow } from "./assembly.ts";
import type { AssemblyEvent } from "./event.ts";
import { endPhase, endVoice } from "./flow.ts";
import { AssemblyStory } from "./assembly-story.ts";

/** People who have not arrived by then are asked whether they come. */
export const ASKED_AFTER_MS = 15_000;
/** A ring begins then, whoever is there. */
export const BEGINS_AFTER_MS = 25_000;
/** Seconds before the end of a phase at which people are told. */
const MARKS = [60, 10];

type Due = { readonly at: number; readonly happen: (story: AssemblyStory, at: number) => void };

/** Events that the passing of time brings about up to `at`, in the order in which they fall due. */
export function assemblyDueByClock(assembly: Assembly, at: number): AssemblyEvent[] {
  const story = new AssemblyStory(assembly);
  for (let due = nextDue(assembly); due && due.at <= at; due = nextDue(story.assembly)) due.happen(story, at);
  return story.events;
}

/** Time at which the clock has to be looked at next; null while nothing can fall due by time alone. */
export function nextAssemblyDeadline(assembly: Assembly): number | null {
  return nextDue(assembly)?.at ?? null;
}

function nextDue(assembly: Assembly): Due | null {
  if (assembly.phase !== "running") return null;
  const voice = voiceNow(assembly);
  if (voice) return { at: voice.endsAt, happen: endVoice };
  const waiting = standing(assembly).find(({ status }) => status === "waiting");
  const all = [...(waiting ? [arrivalsDue(assembly, waiting)] : []), ...endDue(assembly)];
  return all.toSorted((one, other) => one.at - other.at)[0] ?? null;
}

/** All rings of a phase began to wait at the same moment, so the first that waits tells when something is due. */
function arrivalsDue({ beganAt }: RunningAssembly, { asked }: Ring): Due {
  return asked
    ? { at: beganAt + BEGINS_AFTER_MS, happen: beginRings }
    : { at: beganAt + ASKED_AFTER_MS, happen: askAbsent };
}

function beginRings(story: AssemblyStory, at: number): void {
  const { assembly } = story;
  if (assembly.phase !== "running") return;
  for (const ring of standing(assembly)) if (ring.status === "waiting") beginRing(story, assembly, ring, at);
}

export function beginRing(story: AssemblyStory, assembly: RunningAssembly, { number: ring }: Ring, at: number): void {
  const missing = inRing(assembly, ring).flatMap(({ id, here }) => (here ? [] : [id]));
  story.add({ type: "ring-began", ring, missing, at });
}

function askAbsent(story: AssemblyStory, at: number): void {
  const { assembly } = story;
  if (assembly.phase !== "running") return;
  for (const ring of standing(assembly)) {
    if (ring.status !== "waiting") continue;
    const who = inRing(assembly, ring.number).flatMap(({ id, here }) => (here ? [] : [id]));
    if (who.length > 0) story.add({ type: "absent-asked", ring: ring.number, who, at });
    else beginRing(story, assembly, ring, at);
  }
}

function endDue(assembly: RunningAssembly): Due[] {
  const { closesAt, endsAt, marks, beganAt, plan } = assembly;
  if (closesAt !== null) return [{ at: closesAt, happen: endPhase }];
  const told = MARKS.filter((seconds) => !marks.includes(seconds) && endsAt - seconds * 1000 > beganAt).map(
    (seconds): Due => ({
      at: endsAt - seconds * 1000,
      happen: (story, at) => story.add({ type: "time-marked", seconds, at }),
    }),
  );
  const over: Due = {
    at: endsAt,
    happen: (story, at) => story.add({ type: "time-ran-out", by: null, closesAt: at + plan.graceMs, at }),
  };
  return [...told, over];
}
