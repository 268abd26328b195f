import { refuse } from "../circle/ruling.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { mayBeKeeper } from "../protocol/rights.ts";
import {
  type Assembly,
  cameFrom,
  inRing,
  memberOf,
  phaseOf,
  ringNumbered,
  type RunningAssembly,
  staying,
  voiceNow,
} from "./assembly.ts";
import { beginRing } from "./clock.ts";
import type { AssemblyCommandOf as Of } from "./command.ts";
import { settleWithoutThem } from "./delegating.ts";
import { endVoice, settleRings, whileRunning } from "./flow.ts";
import { ringForLate } from "./placed.ts";
import { mayInAssembly } from "./rights.ts";
import { agreed, type AssemblyRuling, told } from "./ruling.ts";
import { AssemblyStory } from "./assembly-story.ts";

/** Most people of one assembly: a hundred rings of fifteen. */
const MOST_PEOPLE = 1_500;

/**
 * Joins, also anew by another language: whoever gathers already keeps their place and wishes.
 */
export function join(assembly: Assembly, { actor, name, language, at }: Of<"join">): AssemblyRuling {
  const known = memberOf(assembly, actor.id);
  const isSo = assembly.phase !== "gathering" || language === undefined || known?.language === language;
  if (known && isSo) return refuse("already-in-assembly");
  if (!known && staying(assembly).length >= MOST_PEOPLE) return refuse("assembly-full", { most: MOST_PEOPLE });
  const place = assembly.phase === "running" ? ringForLate(assembly) : { ring: null, seated: false };
  return agreed({ type: "member-joined", who: actor.id, name, language: language ?? null, ...place, at });
}

/** Somebody is gone for good: rings that get too small merge, and the keeper's part goes to who came first. */
export function gone(assembly: Assembly, who: ParticipantId, by: ParticipantId | null, at: number): AssemblyRuling {
  const story = new AssemblyStory(assembly);
  const ring = memberOf(assembly, who)?.ring ?? null;
  story.add({ type: "member-left", who, by, at });
  settleWithoutThem(story, ring, at);
  if (assembly.phase === "running" && voiceNow(assembly)?.by === who) endVoice(story, at);
  if (assembly.keeper === who) {
    const next = staying(story.assembly).find(({ id }) => mayBeKeeper(id))?.id ?? null;
    story.add({ type: "keeper-passed", to: next, at });
  }
  if (assembly.phase === "running" && staying(story.assembly).length === 0)
    story.add({ type: "assembly-ended", by: null, at });
  settleRings(story, at);
  return told(story);
}

/** Somebody is in the call of a ring; where it is theirs, it begins as soon as all are there. */
export function arrived(assembly: Assembly, { who, ring: number, at }: Of<"arrived">): AssemblyRuling {
  const member = memberOf(assembly, who);
  if (!member || member.here || member.ring !== number) return agreed();
  const story = new AssemblyStory(assembly);
  story.add({ type: "member-arrived", who, at });
  whileRunning(story, (now) => {
    const ring = ringNumbered(now, number);
    const all = ring?.status === "waiting" && inRing(now, number).every(({ here }) => here);
    if (ring && all) beginRing(story, now, ring, at);
  });
  return told(story);
}

/** Somebody fell out of the call of their ring. News of a ring they were moved from come late, and are of no weight. */
export function dropped(assembly: Assembly, { who, ring, at }: Of<"dropped">): AssemblyRuling {
  const member = memberOf(assembly, who);
  return member?.here && member.ring === ring ? agreed({ type: "member-dropped", who, at }) : agreed();
}

export function moveMember(assembly: RunningAssembly, { actor, who, to, at }: Of<"move">): AssemblyRuling {
  if (!mayInAssembly("arrange", assembly, actor)) return refuse("not-keeper");
  const member = memberOf(assembly, who);
  if (!member) return refuse("no-such-person");
  const ring = ringNumbered(assembly, to);
  if (!ring || ring.status === "merged") return refuse("no-such-ring", { number: to });
  if (member.ring === to) return agreed();
  const story = new AssemblyStory(assembly);
  const seated = phaseOf(assembly).kind === "rings" || member.seated;
  story.add({ type: "member-moved", who, to, seated, reason: "keeper", by: actor.id, at });
  settleWithoutThem(story, member.ring, at);
  settleRings(story, at);
  return told(story);
}

/** The wish to sit elsewhere, until the keeper moves them. */
export function askMove(assembly: RunningAssembly, { actor, to, at }: Of<"ask-move">): AssemblyRuling {
  const member = memberOf(assembly, actor.id);
  if (!member) return refuse("not-in-assembly");
  const ring = ringNumbered(assembly, to);
  if (!ring || ring.status === "merged") return refuse("no-such-ring", { number: to });
  const isSo = member.ring === to || assembly.asked.some((each) => each.who === actor.id && each.to === to);
  return isSo ? agreed() : agreed({ type: "move-asked", who: actor.id, to, at });
}

/** Anybody of a ring may sit among the delegates for one turn, one of a ring at a time. */
export function takeChair(assembly: RunningAssembly, { actor: { id: who }, at }: Of<"take-chair">): AssemblyRuling {
  const member = memberOf(assembly, who);
  if (!member) return refuse("not-in-assembly");
  if (phaseOf(assembly).kind !== "delegates" || member.seated) return refuse("no-chair");
  const ring = cameFrom(assembly, who);
  const taken = assembly.members.some(
    (each) => each.onChair && cameFrom(assembly, each.id)?.number === ring?.number && !each.gone,
  );
  return taken ? refuse("chair-taken") : agreed({ type: "chair-taken", who, at });
}

export function leaveChair(assembly: RunningAssembly, who: ParticipantId, at: number): AssemblyRuling {
  return memberOf(assembly, who)?.onChair ? agreed({ type: "chair-left", who, at }) : agreed();
}
