import { Allowance } from "../admission/allowance.ts";
import {
  type Assembly,
  cameFrom,
  inRing,
  listensIn,
  memberOf,
  nameIn,
  phaseOf,
  type Ring,
  type RunningAssembly,
  standing,
  voiceNow,
} from "../assembly/assembly.ts";
import { BEGINS_AFTER_MS } from "../assembly/clock.ts";
import { mayInAssembly } from "../assembly/rights.ts";
import { runningCircle, turnOf } from "../circle/meeting.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { AssemblyCommand } from "../assembly/command.ts";
import type { AssemblyMap, AssemblyMapResponse, RingOnMap } from "../protocol/assembly-map.ts";
import type { CallResponse } from "../protocol/http-api.ts";
import { isGuest, Language, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";
import type { ASSEMBLY_ROUTES } from "../protocol/routes/assembly.ts";
import { ApiFailure, refused, type RefusalText } from "./api-failure.ts";
import { commandFrom, type GatheringDeps, gatheringShownTo, openAssembly } from "./assembly-gathering.ts";
import { type Handlers, MadeJson, type ParsedRequest } from "./bind.ts";
import { maySee, type Visitor } from "./visitor.ts";

export type AssemblyDeps = GatheringDeps & {
  readonly assemblies: Pick<Assemblies, "of" | "send">;
  readonly refusalText: RefusalText;
  /** Way into the call in which all hear one person; `speaks`: as that person. */
  readonly voiceAccess: (
    room: RoomId,
    person: { readonly id: ParticipantId; readonly name: string; readonly speaks: boolean },
  ) => Promise<CallResponse>;
};

/** Most commands of one person in a minute, as of those that are typed. */
const COMMANDS_A_MINUTE = 60;

/** Time for which a map is as good as a new one: many pages look at the same one. */
const FRESH_MS = 1_000;

/** Time for which pages lead to what came out of an assembly that is over. */
const TOLD_FOR_MS = 86_400_000;

type Asked = Pick<ParsedRequest<(typeof ASSEMBLY_ROUTES)["assembly"]>, "asking" | "reads">;
type Drawn = { readonly id: Assembly["id"]; readonly version: number; readonly at: number; readonly json: MadeJson };

/** The map of an assembly's rings, and the way to another of them. */
export function assemblyHandlers(
  deps: AssemblyDeps,
): Pick<Handlers<typeof ASSEMBLY_ROUTES>, "assembly" | "assemblySeat" | "assemblyCommand" | "assemblyVoice"> {
  const { assemblies, now } = deps;
  const drawn = new Map<RoomId, Drawn>();
  const commandsOf = new Allowance(COMMANDS_A_MINUTE, now);
  /** Each command is written and seen by all, so nobody sends them without end. */
  const count = ({ room, actor }: Visitor) => {
    if (commandsOf.take(`${room} ${actor.id}`) !== "granted") throw new ApiFailure("TOO_MUCH");
  };

  const mapFor = ({ asking, reads }: Asked): MadeJson | AssemblyMapResponse => {
    const assembly = assemblyShownTo(asking, assemblies);
    if (!assembly) {
      drawn.delete(asking.room);
      const reader = Language.parse(reads(Language.options) ?? deps.languageOf(asking.room));
      const gathering = gatheringShownTo(asking, reader, deps);
      return { assembly: null, ...(gathering && { gathering }) };
    }
    const { id, version } = assembly;
    const known = drawn.get(asking.room);
    if (known?.id === id && known.version === version && now() - known.at < FRESH_MS) return known.json;
    const answer: AssemblyMapResponse = { assembly: mapOf(assembly, deps) };
    const json = new MadeJson(new TextEncoder().encode(JSON.stringify(answer)));
    drawn.set(asking.room, { id, version, at: now(), json });
    return json;
  };

  return {
    assembly: mapFor,
    /** The keeper moves whoever is to be moved, themselves too; all others ask for themselves. */
    assemblySeat: ({ body: { who, to }, ...asked }) => {
      const { asking } = asked;
      count(asking);
      const { actor, room } = asking;
      const sender = { actor, at: now() };
      const assembly = assemblyShownTo(asking, assemblies);
      const moves = who !== undefined || (assembly && mayInAssembly("arrange", assembly, actor));
      const ruling = assemblies.send(
        room,
        moves ? { type: "move", who: who ?? actor.id, to, ...sender } : { type: "ask-move", to, ...sender },
      );
      if (!ruling.accepted) throw refused(ruling.refusal, room, deps);
      return mapFor(asked);
    },
    assemblyVoice: ({ asking }) => {
      const { actor, room } = asking;
      const assembly = assemblyShownTo(asking, assemblies);
      const hears = assembly && (memberOf(assembly, actor.id) || listensIn(assembly, actor.id) !== null);
      const voice = hears && voiceNow(assembly);
      if (!voice) throw refused({ code: "no-voice", detail: {} }, room, deps);
      const person = { id: actor.id, name: actor.name, speaks: voice.by === actor.id };
      return deps.voiceAccess(room, person).catch((cause: unknown) => {
        throw new ApiFailure("CALL_UNAVAILABLE", { cause });
      });
    },
    assemblyCommand: async ({ body, ...asked }) => {
      const { asking } = asked;
      count(asking);
      const refusal =
        body.type === "open" ? openAssembly(asking, deps) : sent(await commandFrom(body, asking, deps), asking.room);
      if (refusal) throw refused(refusal, asking.room, deps);
      return mapFor(asked);
    },
  };

  function sent(command: AssemblyCommand | Refusal, room: RoomId): Refusal | null {
    if ("code" in command) return command;
    const ruling = assemblies.send(room, command);
    return ruling.accepted ? null : ruling.refusal;
  }
}

/** The assembly that runs in the visitor's room, where they may see it. */
export function assemblyShownTo(asking: Visitor, assemblies: Pick<Assemblies, "of">): RunningAssembly | null {
  const assembly = assemblies.of(asking.room);
  if (assembly?.phase !== "running" || !maySee(asking, { startedAt: assembly.startedAt, endedAt: null })) return null;
  return assembly;
}

/**
 * Tells whether there is something of an assembly to see: one that gathers or runs, or what came out of one not long
 * ago.
 */
export function hasAssembly(asking: Visitor, assemblies: Pick<Assemblies, "of">, now: number): boolean {
  if (assemblyShownTo(asking, assemblies)) return true;
  const last = assemblies.of(asking.room);
  if (last?.phase === "gathering") return true;
  if (last?.phase !== "ended" || last.startedAt === undefined || now - last.endedAt > TOLD_FOR_MS) return false;
  return maySee(asking, { startedAt: last.startedAt, endedAt: last.endedAt }) && isOf(asking, last);
}

function isOf({ actor }: Visitor, assembly: Assembly): boolean {
  return !isGuest(actor.id) || assembly.members.some(({ id }) => id === actor.id);
}

function mapOf(
  assembly: RunningAssembly,
  { meetings, assemblyScenarios: scenarios }: Pick<AssemblyDeps, "meetings" | "assemblyScenarios">,
): AssemblyMap {
  const { plan, topic, keeper, step, beganAt, endsAt, closesAt, asked, calls, told } = assembly;
  const scenario = scenarios.get(plan.scenario)?.title;
  const phase = phaseOf(assembly);
  const voice = voiceNow(assembly);
  const { kind, title, themes } = phase;
  const nameOf = (who: string) => nameIn(assembly, who) ?? who;
  return {
    title: plan.title,
    ...(typeof scenario === "object" && { titles: scenario }),
    topic,
    keeper,
    phase: {
      number: step + 1,
      of: plan.phases.length,
      kind,
      title,
      // A part without a theme of its own is named as the scenario that it plays.
      titles: themes ?? (phase.kind === "topics" ? null : (phase.plan.titles ?? null)),
      endsAt,
      beginsBy: beganAt + BEGINS_AFTER_MS,
      closing: closesAt !== null,
      choosing: phase.kind === "rings" && phase.delegate === "consent",
      sends: phase.kind === "rings" && phase.delegate !== "nobody",
    },
    rings: standing(assembly).map((ring) => ringOf(assembly, ring, meetings)),
    ...(kind === "topics" && { topics: topicsOf(assembly) }),
    asked: [...asked],
    calls: [...calls],
    told: told && { ...told, by: nameOf(told.by) },
    voice: voice && { by: voice.by, name: nameOf(voice.by), endsAt: voice.endsAt },
  };
}

function topicsOf({ topics, chosen }: RunningAssembly): NonNullable<AssemblyMap["topics"]> {
  const by = (topic: number) => [...chosen].flatMap(([who, choice]) => (choice === topic ? [who] : []));
  return topics.map(({ id, text }) => ({ id, text, chosen: by(id) }));
}

function ringOf(assembly: RunningAssembly, ring: Ring, meetings: Pick<Meetings, "of">): RingOnMap {
  const { number, status, theme, keeper, delegate } = ring;
  const meeting = meetings.of({ room: assembly.roomId, ring: number })?.meeting;
  // Until it is gathered, the meeting that is there is one of a phase that is over.
  const own = meeting?.id === ring.meeting ? meeting : null;
  const circle = runningCircle(own);
  const phase = phaseOf(assembly);
  const sits = (seated: boolean) => seated && phase.kind === "delegates" && phase.who !== "lot";
  return {
    number,
    status: status === "merged" ? "done" : status,
    theme,
    keeper,
    delegate,
    people: inRing(assembly, number).map(({ id, name, here, seated, onChair }) => {
      const from = sits(seated || onChair) ? cameFrom(assembly, id)?.number : undefined;
      const among = { ...(from !== undefined && { speaksFor: from }), ...(onChair && { onChair: true as const }) };
      return { id, name, here, seated: seated || onChair, ...among };
    }),
    visitors: [
      ...assembly.members.filter(({ visits, gone }) => visits === number && !gone),
      ...assembly.gallery.filter((each) => each.ring === number),
    ].map(({ id, name }) => ({ id, name })),
    named: ring.named && { who: ring.named.who, agreed: [...ring.named.agreed] },
    summary: { agreed: [...ring.summary.agreed], given: ring.summary.given },
    ready: [...ring.ready],
    speaker: turnOf(own)?.speaker ?? null,
    turns: circle ? { done: circle.done.length, of: circle.ring.length } : null,
  };
}
