import { refuse } from "../circle/ruling.ts";
import { inRing, memberOf, phaseOf, ringNumbered, type RunningAssembly } from "./assembly.ts";
import type { AssemblyCommandOf as Of } from "./command.ts";
import { ringIsDone } from "./flow.ts";
import { agreed, type AssemblyRuling, told } from "./ruling.ts";
import { AssemblyStory } from "./assembly-story.ts";

/** Most topics that can be proposed: more than people can choose among. */
const MOST_TOPICS = 40;
/** Most topics of one person: the others shall have room for theirs. */
const MOST_TOPICS_OF_ONE = 5;

/** Somebody is ready to go on. A ring of which more than half are is done. */
export function ready(assembly: RunningAssembly, { actor, at }: Of<"ready">): AssemblyRuling {
  const number = memberOf(assembly, actor.id)?.ring ?? null;
  const ring = number === null ? null : ringNumbered(assembly, number);
  if (number === null || !ring) return refuse("not-in-assembly");
  if (ring.status !== "running") return refuse("assembly-not-begun");
  const story = new AssemblyStory(assembly);
  if (!ring.ready.includes(actor.id)) story.add({ type: "ready-said", who: actor.id, at });
  const people = inRing(assembly, number);
  const yes = new Set([...ring.ready, actor.id]);
  if (people.filter(({ id }) => yes.has(id)).length * 2 > people.length) ringIsDone(story, ring, [], at);
  return told(story);
}

/** Calls the keeper. One call is enough until they come: each one rings for them. */
export function callKeeper(assembly: RunningAssembly, { actor, at }: Of<"call-keeper">): AssemblyRuling {
  const ring = memberOf(assembly, actor.id)?.ring ?? null;
  if (ring === null) return refuse("not-in-assembly");
  if (assembly.calls.some((call) => call.ring === ring)) return agreed();
  return agreed({ type: "keeper-called", ring, by: actor.id, at });
}

export function proposeTopic(assembly: RunningAssembly, { actor, text, at }: Of<"propose-topic">): AssemblyRuling {
  if (phaseOf(assembly).kind !== "topics") return refuse("no-topics-now");
  if (!memberOf(assembly, actor.id)) return refuse("not-in-assembly");
  if (assembly.topics.length >= MOST_TOPICS) return refuse("too-many-topics", { most: MOST_TOPICS });
  const own = assembly.topics.filter(({ by }) => by === actor.id).length;
  if (own >= MOST_TOPICS_OF_ONE) return refuse("too-many-own-topics", { most: MOST_TOPICS_OF_ONE });
  const topic = assembly.topics.length + 1;
  // Proposing a topic is choosing it, until one chooses another.
  return agreed(
    { type: "topic-proposed", topic, by: actor.id, text, at },
    { type: "topic-chosen", who: actor.id, topic, at },
  );
}

export function chooseTopic(assembly: RunningAssembly, { actor, topic, at }: Of<"choose-topic">): AssemblyRuling {
  if (phaseOf(assembly).kind !== "topics") return refuse("no-topics-now");
  if (!memberOf(assembly, actor.id)) return refuse("not-in-assembly");
  if (!assembly.topics.some(({ id }) => id === topic)) return refuse("no-such-topic", { topic });
  if (assembly.chosen.get(actor.id) === topic) return agreed();
  return agreed({ type: "topic-chosen", who: actor.id, topic, at });
}
