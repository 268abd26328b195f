import { cp, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { AssemblyFormat } from "../../appservice/protocol/assembly-formats.ts";
import type { AssemblyMap } from "../../appservice/protocol/assembly-map.ts";
import { WidgetPerson } from "../../tests/support/stack/widget-person.ts";
import type { Seat } from "./seat.ts";
import type { Actor, Stage } from "./stage.ts";

/** Milliseconds that the whole may take: three recognised voices at once are much for two cores. */
const PATIENCE_MS = 20 * 60_000;
/**
 * Time for which the result of an assembly that is over is waited for: a machine that is too busy never has all the
 * text.
 */
const RESULT_MS = 2 * 60_000;

const ONCE_ROUND = `id: once-round
title: { en: Once round, ru: Один круг }
turnSeconds: 60
accept: auto
circles:
  - kind: statement
    theme: { en: "How do you see it?", ru: "Как вы это видите?" }
`;
const ASSEMBLY = `id: assembly
title: { en: Assembly, ru: Собрание }
phases:
  - kind: rings
    scenario: once-round
    seconds: 600
    size: { least: 4, most: 4 }
    delegate: consent
    theme: { en: "How do you see it?", ru: "Как вы это видите?" }
  - kind: delegates
    scenario: once-round
    seconds: 600
    theme: { en: "What do our groups take on?", ru: "Что берут на себя наши группы?" }
`;

/** Configuration of an assembly in which the word goes round once in each part. */
export async function assemblyConfig(
  dir: string,
): Promise<{ readonly scenarios: string; readonly assemblies: string }> {
  const [scenarios, assemblies] = [join(dir, "scenarios"), join(dir, "assemblies")];
  await cp(resolve(import.meta.dirname, "../../config/scenarios"), scenarios, { recursive: true });
  await mkdir(assemblies, { recursive: true });
  await Promise.all([
    writeFile(join(scenarios, "once-round.yaml"), ONCE_ROUND),
    writeFile(join(assemblies, "assembly.yaml"), ASSEMBLY),
  ]);
  return { scenarios, assemblies };
}

export type Gathering = {
  readonly stage: Stage;
  readonly seats: ReadonlyMap<string, Seat>;
  /** People who sit together, by their places among the actors; the first of each speaks for nobody. */
  readonly groups: readonly (readonly Actor[])[];
  readonly topic: string;
  readonly tell: (line: string) => void;
  /** Called once each: while all groups talk at once, and while a delegate does. */
  readonly onTalk: (what: "groups" | "delegates") => Promise<void>;
};

/**
 * People in groups at once and their delegates; resolves once what came out is there, with a way to get it as a file.
 */
export async function holdAssembly(gathering: Gathering): Promise<(format: AssemblyFormat) => Promise<string>> {
  const { stage, topic, groups } = gathering;
  const { room, actors, mindminder } = stage;
  const [keeper] = actors;
  if (!keeper) throw new Error("nobody takes part");
  const asked = await WidgetPerson.open(mindminder.url, room, keeper.matrix);
  const seen: Seen = { phase: 0, named: new Set(), chosen: new Set(), said: new Set(), pictured: new Map(), under: [] };

  await order(stage, keeper, "open");
  for (const actor of actors) await order(stage, actor, `join ${actor.language}`);
  // Asked once a group has begun, whoever has its first word would have said some of it unwritten by then.
  for (const actor of actors) await letWrite(stage, actor);
  for (const group of groups) await order(stage, keeper, `together ${group.map(({ name }) => name).join(", ")}`);
  await order(stage, keeper, `start ${topic}`);
  const failures: unknown[] = [];
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const { assembly: map } = (await asked.ask("assembly")).body;
    if (failures.length > 0) throw failures[0];
    if (!map) break;
    follow(gathering, map, seen, (work) => void seen.under.push(work.catch((error) => failures.push(error))));
    if (performance.now() > until) throw new Error("The assembly did not come to its end.");
    await wait(1_000);
  }
  await Promise.all(seen.under);
  gathering.tell("\n○ The assembly has ended; its record is complete in a moment.");
  await resultStands(asked, actors.length, gathering.tell);
  return async (format) => (await asked.ask("assemblyFile", { format })).body.content;
}

type Seen = {
  phase: number;
  readonly named: Set<number>;
  readonly chosen: Set<number>;
  readonly said: Set<string>;
  readonly pictured: Map<"groups" | "delegates", Promise<void>>;
  /** All that people are about to do. */
  readonly under: Promise<unknown>[];
};
type Begin = (work: Promise<unknown>) => void;

/** Tells how far it is, and has whoever has the word speak, and each group choose who speaks for it. */
function follow(gathering: Gathering, map: AssemblyMap, seen: Seen, begin: Begin): void {
  const { tell, stage, seats, onTalk } = gathering;
  const actorOf = (id: string) => stage.actors.find(({ matrix }) => matrix.userId === id);
  const { phase, rings } = map;
  if (phase.number !== seen.phase) {
    seen.phase = phase.number;
    tell(`\n○ Part ${phase.number} of ${phase.of}: ${phase.kind}`);
    for (const { number, people } of rings)
      tell(`  group ${number}: ${people.flatMap(({ name, seated }) => (seated ? [name] : [])).join(" → ")}`);
  }
  for (const { number, speaker, status, turns } of rings) {
    const turn = `${phase.number} ${number} ${speaker} ${turns?.done}`;
    if (speaker === null || status !== "running" || seen.said.has(turn)) continue;
    seen.said.add(turn);
    tell(`● group ${number}: ${actorOf(speaker)?.name ?? speaker} has the word`);
    const seat = seats.get(speaker);
    if (seat) begin(seat.speak(phase.number));
  }
  const what = phase.kind === "delegates" ? "delegates" : "groups";
  const talk = rings.every(({ speaker }) => speaker !== null);
  if (talk && !seen.pictured.has(what)) {
    seen.pictured.set(what, onTalk(what));
    begin(Promise.resolve(seen.pictured.get(what)));
  }
  if (phase.choosing) for (const ring of rings) choose(gathering, ring, seen, begin);
}

/** The second of a group speaks for it: named once two have spoken, and agreed to by all others. */
function choose(
  { stage, tell, groups }: Gathering,
  ring: AssemblyMap["rings"][number],
  seen: Seen,
  begin: Begin,
): void {
  const { number, people, delegate, turns } = ring;
  const chosen = people.find(({ id }) => id === delegate);
  if (chosen && !seen.chosen.has(number)) {
    seen.chosen.add(number);
    tell(`✓ group ${number}: ${chosen.name} speaks for it`);
  }
  const [first, second, ...rest] =
    groups.find((group) => people.some(({ id }) => id === group[0]?.matrix.userId)) ?? [];
  if (!first || !second || delegate !== null || (turns?.done ?? 0) < 2 || seen.named.has(number)) return;
  seen.named.add(number);
  const agree = async () => {
    await order(stage, first, `delegate ${second.name}`);
    // The map tells whether they are chosen: a busy homeserver brings answers late.
    for (const { matrix } of [second, ...rest]) await matrix.say(stage.room, "!circle assembly yes");
  };
  begin(agree());
}

/** Agrees that one's words are written down in all meetings of the room. */
async function letWrite({ room, mindminder }: Stage, { matrix, name }: Actor): Promise<void> {
  const widget = await WidgetPerson.open(mindminder.url, room, matrix);
  const { status } = await widget.answerPurpose("write", true);
  if (status !== 200) throw new Error(`${name}: that their words may be written down was answered with ${status}`);
}

async function order({ room }: Stage, { matrix, name }: Actor, words: string): Promise<void> {
  const answer = await matrix.command(room, `!circle assembly ${words}`);
  if (answer !== "✅") throw new Error(`${name}: “!circle assembly ${words}” was answered: ${answer}`);
}

/** Waits until every group's summary is in the record of the whole, and all that was said in them. */
async function resultStands(asked: WidgetPerson, people: number, tell: Gathering["tell"]): Promise<void> {
  const until = performance.now() + RESULT_MS;
  for (;;) {
    const { record } = (await asked.ask("assemblyRecord")).body;
    const rings = record?.parts.flatMap((part) => part.rings) ?? [];
    const groups = record?.parts.flatMap((part) => (part.kind === "rings" ? part.rings : [])) ?? [];
    const heard = new Set(groups.flatMap(({ summary }) => summary.flatMap(({ speaker }) => speaker ?? []))).size;
    const summed = rings.filter(({ summary }) => summary.length > 0).length;
    if (rings.length > 1 && summed === rings.length && heard >= people) return;
    if (performance.now() > until)
      return tell(
        `  Not all is there: sentences of ${heard} of ${people} people, a summary of ${summed} of ${rings.length} circles.`,
      );
    await wait(1_000);
  }
}
