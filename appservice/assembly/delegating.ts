import { refuse } from "../circle/ruling.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { inRing, memberOf, phaseOf, type Ring, ringNumbered, type RunningAssembly } from "./assembly.ts";
import type { AssemblyCommandOf as Of } from "./command.ts";
import { agreed, type AssemblyRuling, told } from "./ruling.ts";
import { AssemblyStory } from "./assembly-story.ts";

/** Names somebody of one's ring, oneself maybe, to speak for it. */
export function nameDelegate(assembly: RunningAssembly, { actor, who, at }: Of<"name-delegate">): AssemblyRuling {
  const ring = choosing(assembly, actor.id);
  if (!ring) return refuse("no-delegate-here");
  if (memberOf(assembly, who)?.ring !== ring.number) return refuse("no-such-person");
  const story = new AssemblyStory(assembly);
  story.add({ type: "delegate-named", ring: ring.number, who, by: actor.id, at });
  return settled(story, ring.number, at);
}

export function agreeDelegate(assembly: RunningAssembly, { actor, at }: Of<"agree-delegate">): AssemblyRuling {
  const ring = choosing(assembly, actor.id);
  if (!ring?.named) return refuse("no-delegate-here");
  const story = new AssemblyStory(assembly);
  story.add({ type: "delegate-agreed", ring: ring.number, by: actor.id, at });
  return settled(story, ring.number, at);
}

/** One objection is enough: somebody else is named then. */
export function refuseDelegate(assembly: RunningAssembly, { actor, at }: Of<"refuse-delegate">): AssemblyRuling {
  const ring = choosing(assembly, actor.id);
  if (!ring?.named) return refuse("no-delegate-here");
  return agreed({ type: "delegate-refused", ring: ring.number, by: actor.id, at });
}

/**
 * Gives the ring's summary along with its delegate, as it then stands: at once when its keeper, or the assembly's, says
 * so, else as soon as more than half of the ring did.
 */
export function giveAlong(assembly: RunningAssembly, { actor, at }: Of<"give-along">): AssemblyRuling {
  const phase = phaseOf(assembly);
  const number = memberOf(assembly, actor.id)?.ring ?? null;
  const ring = number === null ? null : ringNumbered(assembly, number);
  if (phase.kind !== "rings" || phase.delegate === "nobody" || !ring) return refuse("no-delegate-here");
  if (ring.meeting === null) return refuse("assembly-not-begun");
  if (ring.summary.given) return agreed();
  if (ring.keeper === actor.id || assembly.keeper === actor.id)
    return agreed({ type: "summary-given", ring: ring.number, by: actor.id, at });
  const story = new AssemblyStory(assembly);
  story.add({ type: "summary-agreed", ring: ring.number, by: actor.id, at });
  const people = inRing(assembly, ring.number);
  const yes = new Set([...ring.summary.agreed, actor.id]);
  if (people.filter(({ id }) => yes.has(id)).length * 2 > people.length)
    story.add({ type: "summary-given", ring: ring.number, by: null, at });
  return told(story);
}

function settled(story: AssemblyStory, number: number, at: number): AssemblyRuling {
  settleDelegate(story, number, at);
  return told(story);
}

/**
 * Chosen is whom more than half of the ring agreed on while nobody objected; also of those who stay, when somebody goes.
 */
export function settleDelegate(story: AssemblyStory, number: number, at: number): void {
  const { assembly } = story;
  const ring = assembly.phase === "running" ? ringNumbered(assembly, number) : null;
  const people = inRing(assembly, number);
  const yes = ring?.named?.agreed.filter((who) => people.some(({ id }) => id === who)).length ?? 0;
  if (ring?.named && yes * 2 > people.length)
    story.add({ type: "delegate-chosen", ring: number, who: ring.named.who, how: "consent", at });
}

/** Settles the choice of a ring that somebody has left, if it is not settled yet. */
export function settleWithoutThem(story: AssemblyStory, number: number | null, at: number): void {
  const { assembly } = story;
  const ring = assembly.phase === "running" && number !== null ? ringNumbered(assembly, number) : null;
  if (ring?.named && ring.delegate === null) settleDelegate(story, ring.number, at);
}

/** The ring of somebody, while it chooses whom to send. */
function choosing(assembly: RunningAssembly, who: ParticipantId): Ring | null {
  const phase = phaseOf(assembly);
  const number = memberOf(assembly, who)?.ring ?? null;
  if (phase.kind !== "rings" || phase.delegate !== "consent" || number === null) return null;
  return ringNumbered(assembly, number);
}
