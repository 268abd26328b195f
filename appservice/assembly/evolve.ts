import type { ParticipantId } from "../protocol/identity.ts";
import { type Assembly, type AssemblyBase, isSame, type MadeWish, type Member, memberOf } from "./assembly.ts";
import type { AssemblyEvent } from "./event.ts";
import { withoutWordsOf } from "./erased-words.ts";
import { changedRunning, phaseStarted } from "./evolve-running.ts";
import { withoutGone } from "./leaving.ts";
import { callsOnceIn } from "./keeper-calls.ts";

/** Fold of a whole journal of an assembly; it begins with its gathering. */
export function replayAssembly(events: Iterable<AssemblyEvent>): Assembly {
  let assembly: Assembly | null = null;
  for (const event of events) assembly = evolveAssembly(assembly, event);
  if (!assembly) throw new Error("a journal without events has no assembly");
  return assembly;
}

/** The assembly after an event. One that has no place in its phase changes nothing but its version. */
export function evolveAssembly(before: Assembly | null, event: AssemblyEvent): Assembly {
  if (event.type === "assembly-gathered") {
    const { id, roomId, language, at } = event;
    return {
      phase: "gathering",
      id,
      roomId,
      language,
      version: 1,
      at,
      keeper: null,
      members: [],
      actors: [],
      wishes: [],
      erased: [],
    };
  }
  if (!before) throw new Error(`a journal of an assembly cannot begin with ${event.type}`);
  return changed({ ...before, version: before.version + 1, at: Math.max(before.at, event.at) }, event);
}

type Change = Exclude<AssemblyEvent, { type: "assembly-gathered" }>;

function changed(assembly: Assembly, event: Change): Assembly {
  switch (event.type) {
    case "member-joined":
      return joined(assembly, event);
    case "actor-named": {
      const others = assembly.actors.filter(({ id }) => id !== event.who);
      return { ...assembly, actors: [...others, { id: event.who, name: event.name }] };
    }
    case "member-left":
      return left(assembly, event);
    case "member-arrived":
      return arrived(assembly, event);
    case "member-dropped":
      return { ...assembly, members: withMember(assembly, event.who, { here: false }) };
    case "wish-made":
      return { ...assembly, wishes: withWish(assembly, event) };
    case "keeper-passed":
      return keptBy(assembly, event);
    case "assembly-started":
      return started(assembly, event);
    case "phase-started":
      return phaseStarted(assembly, event);
    case "assembly-ended":
      return assembly.phase === "ended" ? assembly : { ...assembly, phase: "ended", endedAt: event.at };
    case "words-erased":
      return { ...withoutWordsOf(assembly, event.who), erased: [...assembly.erased, event.who] };
    default:
      return assembly.phase === "running" ? changedRunning(assembly, event) : assembly;
  }
}

type Of<T extends AssemblyEvent["type"]> = Extract<AssemblyEvent, { type: T }>;

function joined(assembly: Assembly, { who, name, language, ring, seated }: Of<"member-joined">): Assembly {
  const known = assembly.members.find(({ id }) => id === who);
  const fresh: Member = {
    id: who,
    name,
    language,
    here: false,
    gone: false,
    ring,
    seated,
    spokenMs: known?.spokenMs ?? 0,
    onChair: false,
    visits: null,
  };
  const members = known
    ? assembly.members.map((member) => (member.id === who ? fresh : member))
    : [...assembly.members, fresh];
  // People who take part are not in the gallery any more.
  const listening = assembly.phase === "running" && { gallery: assembly.gallery.filter(({ id }) => id !== who) };
  return { ...assembly, ...listening, members };
}

function left(assembly: Assembly, { who }: Of<"member-left">): Assembly {
  const members = withMember(assembly, who, { gone: true, here: false, onChair: false, visits: null });
  return assembly.phase === "running" ? { ...withoutGone(assembly, who), members } : { ...assembly, members };
}

function started(assembly: Assembly, { plan, topic, seed, by, at }: Of<"assembly-started">): Assembly {
  const { id, roomId, version, members, actors, wishes, erased } = assembly;
  return {
    phase: "running",
    id,
    roomId,
    version,
    at: assembly.at,
    language: plan.language,
    keeper: by,
    members,
    actors,
    wishes,
    erased,
    plan,
    startedBy: by,
    topic,
    seed,
    startedAt: at,
    step: 0,
    rings: [],
    past: [],
    held: [],
    topics: [],
    chosen: new Map(),
    asked: [],
    calls: [],
    told: null,
    voice: null,
    gallery: [],
    beganAt: at,
    endsAt: at,
    marks: [],
    closesAt: null,
  };
}

function arrived(assembly: Assembly, { who }: Of<"member-arrived">): Assembly {
  const members = withMember(assembly, who, { here: true });
  if (assembly.phase !== "running") return { ...assembly, members };
  return { ...assembly, members, calls: callsOnceIn(assembly, who, memberOf(assembly, who)?.ring ?? null) };
}

/** Nobody calls somebody who keeps it no longer: groups that want the next keeper call anew. */
function keptBy(assembly: Assembly, { to: keeper }: Of<"keeper-passed">): Assembly {
  if (assembly.phase !== "running" || assembly.keeper === keeper) return { ...assembly, keeper };
  return { ...assembly, keeper, calls: [] };
}

function withWish({ wishes }: AssemblyBase, { wish, people, by }: Of<"wish-made">): MadeWish[] {
  const others = wishes.filter((other) => !isSame(other.people, people));
  return wish === "either" ? others : [...others, { wish, people, by }];
}

function withMember({ members }: AssemblyBase, who: ParticipantId, change: Partial<Member>): Member[] {
  return members.map((member) => (member.id === who ? { ...member, ...change } : member));
}
