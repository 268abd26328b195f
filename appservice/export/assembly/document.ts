import { ringPlaces } from "../../language/ring-places.ts";
import { clockTime, dateIn, type Translate } from "../../language/translate.ts";
import type {
  AssemblyRecord,
  Joined,
  JoinedTask,
  RingMaterial,
  RingResult,
  RingSentence,
  SaidAt,
} from "../../protocol/assembly-record.ts";
import type { MeetingId } from "../../protocol/identity.ts";
import { circlesOf, type Exported, nameIn, offsetIn } from "../exported-meeting.ts";

/** An item of a list: its words, whose they are and from which rings, and the places at which they were said. */
export type DocumentItem = {
  readonly text: string;
  readonly facts: readonly string[];
  readonly grounds: readonly string[];
};

/** Block of a document, whatever it is written in. `anchor`: what links lead to. */
export type Block =
  | { readonly heading: string; readonly level: 1 | 2 | 3 | 4; readonly anchor?: string }
  | { readonly items: readonly DocumentItem[] }
  | { readonly said: string; readonly name: string; readonly note: string; readonly anchor: string }
  | { readonly facts: string };

/** Anchor of a turn, or of a typed comment, within the whole document. */
function anchorOf(meeting: MeetingId, { turn, utterance }: Pick<SaidAt, "turn" | "utterance">): string {
  return turn === null ? `${meeting}-${utterance.replace(/[^A-Za-z0-9]/g, "")}` : `${meeting}-${turn}`;
}

const ringAnchor = ({ part, ring }: Pick<RingResult, "part" | "ring">) => `ring-${part}-${ring}`;

/** All before the rings' own chapters: what the whole came to. */
export function wholeOf(record: AssemblyRecord, t: Translate): Block[] {
  const { title, topic, startedAt, language, parts } = record;
  const people = new Set(parts.flatMap(({ rings }) => rings.flatMap((ring) => ring.people.map(({ id }) => id))));
  const at = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  const joined = (item: Joined) =>
    itemOf(item, [item.rings.length > 1 ? null : item.speaker, ringPlaces(item.rings, parts, t)]);
  return [
    { heading: topic === "" ? title : t("assembly.title", { title, topic }), level: 1 },
    { facts: `${at.format(startedAt)} UTC · ${t("assembly.people", { count: people.size })}` },
    ...section(t("export.summary"), record.summary.map(joined)),
    ...section(t("export.decisions"), record.decisions.map(joined)),
    ...section(
      t("export.tasks"),
      record.tasks.map((task) => taskItem(task, record, t)),
    ),
    ...section(t("export.questions"), record.questions.map(joined)),
  ];
}

/** Chapter of one ring: what it came to, and all that was said in it. */
export function chapterOf(result: RingResult, material: RingMaterial, t: Translate): Block[] {
  const { ring, theme, delegate, people } = result;
  const { meeting, record } = material;
  const exported: Exported = { meeting, record, language: meeting.language, t, graph: noGraph };
  const own = (sentence: RingSentence) => itemOf(sentence, [sentence.speaker]);
  const facts = [
    theme,
    people.map(({ name }) => name).join(", "),
    delegate && t("assembly.sends", { name: delegate }),
  ].filter((fact) => fact !== null && fact !== "");
  return [
    { heading: t("assembly.group-heading", { number: ring }), level: 3, anchor: ringAnchor(result) },
    { facts: facts.join(" · ") },
    ...section(t("export.summary"), result.summary.map(own), 4),
    ...section(
      t("export.people"),
      result.persons.flatMap(({ sentences }) => sentences.map(own)),
      4,
    ),
    ...circlesOf(exported).flatMap(({ index, theme: of, points, turns, comments }): Block[] => [
      { heading: t("export.circle", { n: index + 1, theme: of }), level: 4 },
      ...(points.length > 0 ? [{ items: points.map((text) => ({ text, facts: [], grounds: [] })) }] : []),
      ...turns.map(({ id: turn, speaker, startedAt, words }) => ({
        said: words,
        name: nameIn(exported, speaker),
        note: clockTime(offsetIn(exported, startedAt)),
        anchor: anchorOf(meeting.id, { turn, utterance: "" }),
      })),
      ...comments.map(({ id: utterance, name, text }) => ({
        said: text,
        name,
        note: t("export.comment"),
        anchor: anchorOf(meeting.id, { turn: null, utterance }),
      })),
    ]),
  ];
}

function noGraph(): never {
  throw new Error("a chapter of an assembly has no graph of its own");
}

function section(heading: string, items: readonly DocumentItem[], level: 2 | 4 = 2): Block[] {
  return items.length === 0 ? [] : [{ heading, level }, { items }];
}

function taskItem(task: JoinedTask, { parts, language }: AssemblyRecord, t: Translate): DocumentItem {
  const facts = [
    task.owner,
    task.due && t("export.due", { date: dateIn(language, task.due) }),
    task.status === "suggested" ? t("export.suggested") : null,
    ringPlaces(task.rings, parts, t),
  ];
  return itemOf(task, facts);
}

function itemOf({ text, from }: RingSentence, facts: readonly (string | null)[]): DocumentItem {
  return {
    text,
    facts: facts.flatMap((fact) => fact || []),
    grounds: [...new Set(from.map((at) => anchorOf(at.meeting, at)))],
  };
}
