import type { DecisionMade } from "../../circle/kinds/contract.ts";
import { circlesThatRan, type Meeting, themeOf } from "../../circle/meeting.ts";
import { shortened } from "../../language/shortened.ts";
import { titleBesideDate } from "../../language/without-day.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { Decision, Question, Task } from "../../protocol/meeting-record.ts";
import type { Wording } from "../wording.ts";
import { consentsOf, objectionLines, verdictLine } from "./decision-lines.ts";
import type { Line, Span } from "./message.ts";
import { TASK_BOX } from "./task-message.ts";

/** Most items in one message: nobody reads more, and each stands whole in the thread. */
const MOST_ITEMS = 20;
const MOST_LETTERS = 120;

export function decidedLines(
  asked: readonly DecisionMade[],
  found: readonly Decision[],
  meeting: Meeting,
  wording: Wording,
): Line[] {
  const { t } = wording;
  if (asked.length + found.length === 0)
    return [[{ strong: t("outcome.decided") }, ` ${t("outcome.nothing-decided")}`]];
  const byConsent = asked.flatMap((decision) => {
    const { consents, objections } = decision;
    const facts = [verdictLine(decision, wording), ...consentsOf(consents, wording)].map((fact) => ` · ${fact}`);
    return [
      { item: [{ strong: themeOfDecision(meeting, decision) }, ...facts] },
      ...objectionLines(objections, wording),
    ];
  });
  return [
    { heading: t("outcome.decided") },
    ...byConsent,
    ...listed(found, (decision) => itemLine(decision, wording), wording),
  ];
}

/** Lines of tasks, by owner: each name once. */
export function toDoLines(tasks: readonly Task[], wording: Wording): Line[] {
  const { t } = wording;
  if (tasks.length === 0) return [[{ strong: t("outcome.to-do") }, ` ${t("outcome.nothing-to-do")}`]];
  const suggested = tasks.some(({ status }) => status === "suggested");
  const head: readonly Span[] = [
    { strong: t("outcome.to-do") },
    ` ${t(suggested ? "outcome.please-confirm" : "outcome.in-thread", { count: tasks.length })}`,
  ];
  const owners = [...Map.groupBy(tasks.slice(0, MOST_ITEMS), ({ owner }) => owner)].sort(
    ([one], [other]) => Number(one === null) - Number(other === null),
  );
  return [head, ...owners.map(([owner, own]) => ofOwner(owner, own, wording)), ...more(tasks.length, wording)];
}

/** Owners of the tasks: they are told once, by being mentioned. */
export function ownersOf(tasks: readonly Task[]): ParticipantId[] {
  return tasks
    .slice(0, MOST_ITEMS)
    .flatMap(({ owner, status }) => (owner?.startsWith("@") && status !== "done" ? [owner] : []));
}

export function openLines(questions: readonly Question[], wording: Wording): Line[] {
  const { t } = wording;
  if (questions.length === 0) return [[{ strong: t("outcome.open") }, ` ${t("outcome.nothing-open")}`]];
  return [{ heading: t("outcome.open") }, ...listed(questions, (question) => itemLine(question, wording), wording)];
}

function ofOwner(owner: ParticipantId | null, tasks: readonly Task[], { t, nameOf, day }: Wording): Line {
  const whose: readonly Span[] =
    owner === null
      ? [{ small: t("outcome.nobody-yet") }, ": "]
      : [owner.startsWith("@") ? { person: owner, name: nameOf(owner) } : nameOf(owner), ": "];
  const each = tasks.map(
    (task) =>
      `${task.status === "done" ? `${TASK_BOX.done} ` : ""}${shortened(titleBesideDate(task), MOST_LETTERS)}${task.due ? ` (${day(task.due)})` : ""}`,
  );
  return { item: [...whose, each.join("; ")] };
}

function itemLine({ text, from, status }: Decision | Question, { t, nameOf, speakerOf }: Wording): Line {
  const who = speakerOf(from[0] ?? "");
  const facts = [...(who === null ? [] : [nameOf(who)]), ...(status === "suggested" ? [t("task.suggested")] : [])];
  return { item: [shortened(text, MOST_LETTERS), ...(facts.length > 0 ? [" · ", { small: facts.join(" · ") }] : [])] };
}

function listed<T>(things: readonly T[], line: (thing: T) => Line, wording: Wording): Line[] {
  return [...things.slice(0, MOST_ITEMS).map(line), ...more(things.length, wording)];
}

function more(count: number, { t }: Wording): Line[] {
  return count > MOST_ITEMS ? [{ item: t("outcome.more", { count: count - MOST_ITEMS }) }] : [];
}

function themeOfDecision(meeting: Meeting, { circle }: DecisionMade): string {
  const asked = circlesThatRan(meeting).find(({ index }) => index === circle);
  return asked ? themeOf(meeting, asked) : "";
}
