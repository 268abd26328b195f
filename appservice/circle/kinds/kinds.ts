import type { Refusal } from "../../protocol/refusal.ts";
import type { KindCommand } from "../command.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import type { Circle, KindData } from "../circle.ts";
import { circlesThatRan, type Meeting } from "../meeting.ts";
import type { TextsBefore } from "./kind-words.ts";
import type { Kind, StageRules, Table, TypedCommand } from "./contract.ts";
import { type CircleKind, type DataOf, KIND_REQUESTS, KIND_WORDS, type KindEvent, stageWords } from "./words.ts";

/**
 * A kind as all other code sees it. It is found by the kind of a circle, and so is given circles, data and events of
 * its own alone.
 */
export type AnyKind = Omit<Kind<CircleKind>, "stages" | "decide" | "evolve"> & {
  readonly stages: Readonly<Record<string, StageRules | undefined>>;
  readonly decide: Readonly<
    Record<string, ((table: Table, circle: Circle, command: KindCommand) => Refusal | null) | undefined>
  >;
  readonly evolve: Readonly<Record<string, ((circle: Circle, event: KindEvent) => Circle) | undefined>>;
};

const NAMES = Object.keys(KIND_WORDS) as readonly CircleKind[];

/** Rules of each kind, from the folder that its words name. */
export const KINDS = Object.fromEntries(
  await Promise.all(NAMES.map(async (name) => [name, await rulesIn(KIND_WORDS[name].folder)] as const)),
) as Readonly<Record<CircleKind, AnyKind>>;

async function rulesIn(folder: string): Promise<AnyKind> {
  const { default: rules }: { default: AnyKind } = await import(`./${folder}/kind.ts`);
  return rules;
}

const OWNERS: ReadonlyMap<string, AnyKind> = new Map(
  NAMES.flatMap((name) => Object.keys(KINDS[name].decide).map((type) => [type, KINDS[name]] as const)),
);
const REQUESTS: ReadonlySet<string> = new Set(KIND_REQUESTS.map(({ shape }) => shape.type.value));

/** Tells whether a command is one that a kind adds. */
export function isOfKind<T extends { readonly type: string }>(command: T): command is Extract<T, KindCommand> {
  return REQUESTS.has(command.type);
}

/** The kind that adds this command. */
export function ownerOf({ type }: KindCommand): AnyKind {
  const owner = OWNERS.get(type);
  if (!owner) throw new Error(`no kind of circle knows the command ${type}`);
  return owner;
}

const EVENTS: ReadonlyMap<string, AnyKind> = new Map(
  NAMES.flatMap((name) => Object.keys(KINDS[name].evolve).map((type) => [type, KINDS[name]] as const)),
);

/** An event without its words, where it is one that a kind adds. */
export function withoutWords<E extends { readonly type: string }>(event: E): E | KindEvent {
  return ofKind(event) ? (EVENTS.get(event.type)?.forgetEvent?.(event) ?? event) : event;
}

/** The words of such an event. */
export function wordsOf(event: { readonly type: string }): readonly string[] {
  return ofKind(event) ? (EVENTS.get(event.type)?.wordsIn?.(event) ?? []) : [];
}

function ofKind(event: { readonly type: string }): event is KindEvent {
  return EVENTS.has(event.type);
}

const ROUND: StageRules = {
  close: (table, at) => table.endCircle(at),
  status: "status.none",
};

/** The rules of the stage that a circle is in. */
export function stageOf({ kind, stage }: Pick<Circle, "kind" | "stage">): StageRules {
  return KINDS[kind].stages[stage] ?? ROUND;
}

/** Texts written before that the circle that begins now may take up. */
export function textsBefore(meeting: Meeting): TextsBefore | null {
  const last = circlesThatRan(meeting).findLast(({ kind }) => KINDS[kind].texts);
  const texts = last && KINDS[last.kind].texts?.(last.data, true);
  return texts ? { circle: last.index, texts } : null;
}

/** A circle's own data as it begins. */
export function beginningOf(kind: CircleKind, meeting: Meeting): KindData {
  return ownOf(kind, KINDS[kind].begin?.(textsBefore(meeting)) ?? KIND_WORDS[kind].empty);
}

/** The same, as far as the room's state shows it. */
export function seenOf(kind: CircleKind, index: number, snapshot: MeetingSnapshot): KindData {
  const circle = snapshot.circles.find((each) => each.index === index);
  return ownOf(kind, (circle && KINDS[kind].takeUp?.(circle, snapshot)) ?? KIND_WORDS[kind].empty);
}

/** Data come from the kind's own functions, and so are of its kind. */
export function ownOf(kind: CircleKind, data: DataOf<CircleKind>): KindData {
  return { kind, data } as KindData;
}

/** Hands rule where the floor is open, and between circles. */
export function handsRule(meeting: Meeting): boolean {
  if (meeting.phase === "circle") return stageWords(meeting.circle.stage).word === "hands";
  return meeting.phase === "between";
}

/** Commands of the kinds that can be typed. */
export const KIND_COMMANDS: readonly TypedCommand[] = [...new Set(NAMES.map((name) => KINDS[name]))].flatMap(
  ({ commands }) => commands ?? [],
);
