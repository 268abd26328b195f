import { type Assembly, heededWishes, memberOf, staying } from "../assembly/assembly.ts";
import { chosenStart } from "../assembly/chosen-start.ts";
import type { AssemblyCommand } from "../assembly/command.ts";
import { mayEndAssembly } from "../assembly/rights.ts";
import { type AssemblyScenario, sizeIn } from "../assembly/scenario.ts";
import { textIn } from "../circle/scenario.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { GatheringAssembly } from "../protocol/assembly-gathering.ts";
import type { AssemblyCommandRequest } from "../protocol/assembly-map.ts";
import type { Language, RoomId } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";
import { mayBeKeeper } from "../protocol/rights.ts";
import type { RoomsScenarios } from "./scenarios-response.ts";
import type { Visitor } from "./visitor.ts";

export type GatheringDeps = {
  readonly assemblies: Pick<Assemblies, "of" | "open">;
  readonly assemblyScenarios: ReadonlyMap<string, AssemblyScenario>;
  readonly scenariosOf: (room: RoomId) => Promise<Pick<RoomsScenarios, "all">>;
  readonly meetings: Pick<Meetings, "of">;
  readonly languageOf: (room: RoomId) => Language;
  /** Chance, for lots. */
  readonly seed: () => number;
  readonly now: () => number;
};

/** The assembly that gathers in the visitor's room, in their language; null where none does. */
export function gatheringShownTo(
  { actor, room }: Visitor,
  reader: Language,
  { assemblies, assemblyScenarios }: Pick<GatheringDeps, "assemblies" | "assemblyScenarios">,
): GatheringAssembly | null {
  const assembly = assemblies.of(room);
  if (assembly?.phase !== "gathering") return null;
  const people = staying(assembly);
  return {
    people: people.map(({ id, name, language }) => ({ id, name, language })),
    // Of whoever left a wish counts again when they come back.
    wishes: heededWishes(assembly).map(({ wish, stay }) => ({ wish, people: stay })),
    scenarios: [...assemblyScenarios.values()].map((scenario) => {
      const size = sizeIn(scenario);
      return {
        id: scenario.id,
        title: textIn(scenario.title, reader),
        about: scenario.about === undefined ? "" : textIn(scenario.about, reader),
        size: size && { least: size.least, most: size.most },
      };
    }),
    mayStart: mayBeKeeper(actor.id),
    mayCallOff: mayBeKeeper(actor.id) && mayEndAssembly(assembly, actor),
  };
}

/** Opens an assembly for somebody who may keep one. Null: it is done. */
export function openAssembly({ actor, room }: Visitor, deps: GatheringDeps): Refusal | null {
  if (!mayBeKeeper(actor.id)) return { code: "not-keeper", detail: {} };
  const ruling = deps.assemblies.open(room, deps.languageOf(room));
  return ruling.accepted ? null : ruling.refusal;
}

/** The command that a request is, or the reason why it cannot be. */
export async function commandFrom(
  asked: Exclude<AssemblyCommandRequest, { type: "open" }>,
  { actor, room }: Visitor,
  deps: GatheringDeps,
): Promise<AssemblyCommand | Refusal> {
  const sender = { actor, at: deps.now() };
  if (asked.type !== "start") return ofMember(asked, deps.assemblies.of(room), sender);
  const { scenario = null, topic, size = null } = asked;
  const { all: circles } = await deps.scenariosOf(room);
  const phase = deps.meetings.of(room)?.meeting.phase;
  const chosen = chosenStart(
    { scenario, topic, size },
    {
      assemblies: deps.assemblyScenarios,
      circles,
      language: deps.languageOf(room),
      seed: deps.seed(),
      circleRuns: phase === "circle" || phase === "between",
    },
  );
  return "code" in chosen ? chosen : { ...chosen, ...sender };
}

/** Somebody who takes no part comes to listen where a keeper visits. */
function ofMember(
  asked: Exclude<AssemblyCommandRequest, { type: "open" | "start" }>,
  assembly: Assembly | null,
  sender: Pick<Extract<AssemblyCommand, { type: "join" }>, "actor" | "at">,
): AssemblyCommand {
  const { id, name } = sender.actor;
  if (asked.type === "join") return { ...asked, name, ...sender };
  const listens = asked.type === "visit" && !(assembly && memberOf(assembly, id));
  return listens ? { type: "listen-in", name, to: asked.to, ...sender } : { ...asked, ...sender };
}
