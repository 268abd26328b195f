import { refuse } from "../circle/ruling.ts";
import { memberOf, ringNumbered, type RunningAssembly, voiceNow } from "./assembly.ts";
import { AssemblyStory } from "./assembly-story.ts";
import type { AssemblyCommandOf as Of } from "./command.ts";
import { endPhase, endVoice } from "./flow.ts";
import { mayInAssembly } from "./rights.ts";
import { agreed, type AssemblyRuling, told } from "./ruling.ts";

/** Longest time that a phase can be given by more time, beyond which a clock is lost. */
const LONGEST_MORE_MS = 3_600_000;

/** Longest voice to all rings. */
export const VOICE_MS = 60_000;

/** More time for all rings at once; one that was closing goes on. */
export function moreTime(assembly: RunningAssembly, { actor, byMs, at }: Of<"more-time">): AssemblyRuling {
  if (!mayInAssembly("steer", assembly, actor)) return refuse("not-keeper");
  const by = Math.min(byMs, LONGEST_MORE_MS);
  return agreed({ type: "time-added", by: actor.id, byMs: by, endsAt: Math.max(assembly.endsAt, at) + by, at });
}

/** Goes on without the rings that are not done: a turn that runs has its grace. */
export function goOn(assembly: RunningAssembly, { actor, at }: Of<"go-on">): AssemblyRuling {
  if (!mayInAssembly("steer", assembly, actor)) return refuse("not-keeper");
  if (assembly.closesAt !== null) return agreed();
  const story = new AssemblyStory(assembly);
  endVoice(story, at);
  const runs = assembly.rings.some(({ status }) => status === "running");
  if (runs) story.add({ type: "time-ran-out", by: actor.id, closesAt: at + assembly.plan.graceMs, at });
  else endPhase(story, at);
  return told(story);
}

/** Words of the keeper to all rings. */
export function tellAll(assembly: RunningAssembly, { actor, text, at }: Of<"tell-all">): AssemblyRuling {
  if (!mayInAssembly("steer", assembly, actor)) return refuse("not-keeper");
  return agreed({ type: "words-told", by: actor.id, text, at });
}

/** The keeper is heard in all rings, for a minute at most. */
export function speakToAll(assembly: RunningAssembly, { actor, at }: Of<"speak-to-all">): AssemblyRuling {
  if (!mayInAssembly("steer", assembly, actor)) return refuse("not-keeper");
  if (!memberOf(assembly, actor.id)) return refuse("not-in-assembly");
  const voice = voiceNow(assembly);
  if (voice) return voice.by === actor.id ? agreed() : refuse("voice-taken");
  return agreed({ type: "voice-began", by: actor.id, endsAt: at + VOICE_MS, at });
}

export function stopSpeaking(assembly: RunningAssembly, { actor, at }: Of<"stop-speaking">): AssemblyRuling {
  if (!mayInAssembly("steer", assembly, actor)) return refuse("not-keeper");
  const story = new AssemblyStory(assembly);
  endVoice(story, at);
  return told(story);
}

/** The keeper listens in another ring, where all see it; their seat waits for them. Going to one's own ring ends it. */
export function visit(assembly: RunningAssembly, { actor, to, at }: Of<"visit">): AssemblyRuling {
  if (!mayInAssembly("steer", assembly, actor)) return refuse("not-keeper");
  const member = memberOf(assembly, actor.id);
  if (!member) return refuse("not-in-assembly");
  const ring = ringNumbered(assembly, to);
  if (!ring || ring.status === "merged") return refuse("no-such-ring", { number: to });
  const isHome = member.visits === null && !assembly.calls.some((call) => call.ring === to);
  if (to === member.ring) return isHome ? agreed() : agreed({ type: "visit-ended", who: actor.id, at });
  return member.visits === to ? agreed() : agreed({ type: "visit-began", who: actor.id, ring: to, at });
}
