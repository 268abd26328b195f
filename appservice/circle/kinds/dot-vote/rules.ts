import type { ParticipantId } from "../../../protocol/identity.ts";
import type { Refusal } from "../../../protocol/refusal.ts";
import { mayBeWritten } from "../../agreement.ts";
import type { KindCommand } from "../../command.ts";
import { present, takesPart, pausedSince, turnOf, runningCircle, planOfCircle } from "../../meeting.ts";
import type { Circle } from "../../circle.ts";
import type { Table } from "../contract.ts";
import type { EventOf } from "../words.ts";
import { groupOf, numberOf, regrouped } from "./groups.ts";
import { sourceOf } from "../kind-words.ts";
import { DOTS, type DotVoteData, MOST_NAME, type TextGroup } from "./words.ts";

type DotVote = Circle<"dot-vote">;
type Of<T extends KindCommand["type"]> = Extract<KindCommand, { type: T }>;
type Happened<T extends EventOf<"dot-vote">["type"]> = Extract<EventOf<"dot-vote">, { type: T }>;

/** Arranges the texts, by the person who has the word. */
export function groupTexts(table: Table, circle: DotVote, command: Of<"group-texts">): Refusal | null {
  const {
    actor: { id: by },
    texts,
    at,
    message,
  } = command;
  const name = command.name.trim();
  const turn = turnOf(table.meeting);
  if (circle.stage !== "grouping") return refusal("not-voting");
  if (turn?.status !== "speaking") return refusal("no-turn");
  if (turn.speaker !== by) return { code: "not-your-turn", detail: { speaker: turn.speaker } };
  if (name !== "" && !mayBeWritten(table.meeting, by)) return refusal("unwritten");
  if (name.length > MOST_NAME) return { code: "too-long", detail: { most: MOST_NAME } };
  if (texts.some((text) => !groupOf(circle.data, text))) return noSuchText(circle.data);
  table.add({ type: "texts-grouped", by, texts, name, at, ...(message === undefined ? {} : { message }) });
  return null;
}

/** Ends the circle once the last of those who are there has given all of theirs. */
export function giveDots(
  table: Table,
  circle: DotVote,
  { actor: { id: by }, on, at }: Of<"give-dots">,
): Refusal | null {
  if (circle.stage !== "voting") return refusal("not-voting");
  if (!takesPart(table.meeting, by)) return refusal("not-in-circle");
  if (on.length > DOTS) return { code: "too-many-dots", detail: { most: DOTS } };
  const groups = on.map((text) => groupOf(circle.data, text));
  if (groups.some((group) => !group)) return noSuchText(circle.data);
  table.add({ type: "dots-given", who: by, on: groups.flatMap((group) => (group ? numberOf(group) : [])), at });
  if (allGiven(table) && pausedSince(table.meeting) === null) table.endCircle(at);
  return null;
}

function allGiven({ meeting }: Table): boolean {
  const circle = runningCircle(meeting);
  return circle?.kind === "dot-vote" && present(meeting).every((id) => haveGivenAll(circle.data).includes(id));
}

/** People who have no dot left. */
export function haveGivenAll({ dots }: DotVoteData): ParticipantId[] {
  return dots.filter(({ on }) => on.length === DOTS).map(({ who }) => who);
}

/** Grouping is over: from here on everybody gives dots, and nobody is heard. */
export function openVoting(table: Table, at: number): void {
  const planned = planOfCircle(table.meeting);
  if (!planned) return;
  table.closeTurn("forced", at);
  table.add({ type: "voting-opened", endsAt: at + (planned.circleMs ?? planned.limitMs), at });
}

export function textsGrouped(circle: DotVote, { texts, name, by, message }: Happened<"texts-grouped">): DotVote {
  const group = { name, texts, ...(name === "" ? {} : { by }), ...(message === undefined ? {} : { message }) };
  return { ...circle, data: { ...circle.data, groups: regrouped(circle.data.groups, group) } };
}

export function votingOpened(circle: DotVote, { at, endsAt }: Happened<"voting-opened">): DotVote {
  return { ...circle, stage: "voting", startedAt: at, endsAt, waiting: [], kept: [] };
}

export function dotsGiven(circle: DotVote, { who, on }: Happened<"dots-given">): DotVote {
  const others = circle.data.dots.filter((each) => each.who !== who);
  return { ...circle, data: { ...circle.data, dots: on.length > 0 ? [...others, { who, on }] : others } };
}

/** Source of a group's name, as `sourceOf` has it. */
export function nameSourceOf({ message, by }: TextGroup): string | undefined {
  return message ?? by;
}

/** Data without a text or a name of that source. */
export function forgotten(data: DotVoteData, source: string): DotVoteData {
  return {
    ...data,
    texts: data.texts.map((each) => (sourceOf(each) === source ? { ...each, text: "" } : each)),
    groups: data.groups.map((group) => (nameSourceOf(group) === source ? { ...group, name: "" } : group)),
  };
}

function refusal(code: Refusal["code"]): Refusal {
  return { code, detail: {} };
}

function noSuchText({ texts }: DotVoteData): Refusal {
  return { code: "no-such-text", detail: { most: texts.length } };
}
