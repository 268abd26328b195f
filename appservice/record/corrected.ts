import { type Correction, type CorrectionMade, type TaskFacts, TaskStatus } from "../protocol/correction.ts";
import type { GroundedSentence, MinutesEntry, Segment, Task, Utterance } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import { placesIn } from "../protocol/instant-at.ts";
import { decisionIn, questionIn, taskIn } from "./found-items.ts";

type Corrigibles = {
  readonly utterances: { find(is: (utterance: Utterance) => boolean): Utterance | undefined };
  readonly minutes: readonly MinutesEntry[];
};
type Asked = { readonly change: Correction } & Pick<CorrectionMade, "by" | "name" | "at" | "door">;

/** Outcome of a correction: the thing before and after, and the note of it. */
export type Corrected = {
  readonly made: CorrectionMade;
  readonly utterance?: { readonly before: Utterance; readonly after: Utterance };
  readonly entry?: { readonly before: MinutesEntry; readonly after: MinutesEntry };
};

/** Source of a sentence that somebody wrote where there was none. */
const BY_HAND = "by-hand";

/** Tells whether there is such a thing, and it is not so already. */
export function wouldChange(
  { utterances, minutes }: Corrigibles,
  { change, by }: Pick<Asked, "change" | "by">,
): boolean {
  switch (change.of) {
    case "utterance": {
      const utterance = utterances.find(({ id }) => id === change.id);
      return utterance !== undefined && utterance.text !== change.text;
    }
    case "summary": {
      const summary = summaryIn(minutes, change.id);
      return summary !== null && !same(textsOf(summary.sentences), change.sentences);
    }
    case "task": {
      const task = taskIn(minutes, change.id)?.item;
      return task !== undefined && !same(factsOf(task), factsOf(changedTask(task, change)));
    }
    case "decision":
    case "question": {
      const item = (change.of === "decision" ? decisionIn : questionIn)(minutes, change.id)?.item;
      return item !== undefined && !same(item, restated<string, typeof item>(item, change, by));
    }
  }
}

/** Outcome of a correction; null where there is no such thing, or nothing would change. */
export function corrected(things: Corrigibles, { change, by, name, at, door }: Asked): Corrected | null {
  if (!wouldChange(things, { change, by })) return null;
  const { utterances, minutes } = things;
  const who = { by, name, at, door, id: change.id };
  switch (change.of) {
    case "utterance": {
      const before = utterances.find(({ id }) => id === change.id);
      if (!before) return null;
      const { places, ...said } = before;
      const after = {
        ...said,
        text: change.text,
        segments: withSpeech(said.segments, change.text),
        ...(places && change.text !== "" ? { places: placesIn(change.text, said.text, places) } : {}),
      };
      return {
        made: { of: "utterance", ...who, before: before.text, after: change.text },
        utterance: { before, after },
      };
    }
    case "summary": {
      const found = summaryIn(minutes, change.id);
      if (!found) return null;
      const sentences = grounded(found.sentences, change.sentences);
      return {
        made: { of: "summary", ...who, before: textsOf(found.sentences), after: change.sentences },
        entry: { before: found.entry, after: { ...found.entry, result: { form: "summary", sentences } } },
      };
    }
    case "task": {
      const found = taskIn(minutes, change.id);
      if (!found) return null;
      const after = changedTask(found.item, change);
      return {
        made: { of: "task", ...who, before: factsOf(found.item), after: factsOf(after) },
        entry: found.replacedBy(after),
      };
    }
    case "decision": {
      const found = decisionIn(minutes, change.id);
      if (!found) return null;
      const after = restated(found.item, change, by);
      return {
        made: { of: "decision", ...who, before: stated(found.item), after: stated(after) },
        entry: found.replacedBy(after),
      };
    }
    case "question": {
      const found = questionIn(minutes, change.id);
      if (!found) return null;
      const after = restated(found.item, change, by);
      return {
        made: { of: "question", ...who, before: stated(found.item), after: stated(after) },
        entry: found.replacedBy(after),
      };
    }
  }
}

function summaryIn(
  minutes: readonly MinutesEntry[],
  id: string,
): { readonly entry: MinutesEntry; readonly sentences: readonly GroundedSentence[] } | null {
  const entry = minutes.find((each) => each.result.form === "summary" && entryId(each) === id);
  return entry?.result.form === "summary" ? { entry, sentences: entry.result.sentences } : null;
}

function textsOf(sentences: readonly GroundedSentence[]): string[] {
  return sentences.map(({ text }) => text);
}

function changedTask(task: Task, { of: _, id: __, ...facts }: Extract<Correction, { of: "task" }>): Task {
  return { ...task, ...given(facts) };
}

function factsOf({ title, owner, due, status }: Task): TaskFacts {
  return { title, owner, due, status: TaskStatus.parse(status) };
}

type Statement<Status> = { readonly text: string; readonly status: Status; readonly confirmedBy: string | null };

function stated<Status>({ text, status }: Statement<Status>): { text: string; status: Status } {
  return { text, status };
}

/**
 * Gives an item another text or status. A person who gives it another status than that of a suggestion, or of nothing,
 * has confirmed it.
 */
function restated<Status extends string, T extends Statement<Status>>(
  item: T,
  { text = item.text, status = item.status }: { text?: string | undefined; status?: Status | undefined },
  by: string,
): T {
  const confirmedBy =
    status === "suggested" ? null : status === "dropped" ? item.confirmedBy : (item.confirmedBy ?? by);
  return { ...item, text, status, confirmedBy };
}

/** The first stretch of speech takes the whole text; commands stay where they were said. */
function withSpeech(segments: readonly Segment[], text: string): Segment[] {
  const first = segments.findIndex(({ kind }) => kind === "speech");
  const rest = segments.filter(({ kind }, at) => kind !== "speech" || at === first);
  const speech: Segment[] = text === "" ? [] : [{ kind: "speech", text }];
  return first < 0 ? [...speech, ...rest] : rest.flatMap((segment) => (segment.kind === "speech" ? speech : [segment]));
}

/** Grounds of sentences: each rests on its earlier grounds; a new one, on those of the sentence in its place. */
function grounded(before: readonly GroundedSentence[], texts: readonly string[]): GroundedSentence[] {
  const all = [...new Set(before.flatMap(({ from }) => from))];
  return texts.map((text, place) => {
    const instead = before.find((sentence) => sentence.text === text) ?? before[place];
    const from = instead?.from ?? all;
    return {
      text,
      from: from.length > 0 ? [...from] : [BY_HAND],
      ...(instead?.section === undefined ? {} : { section: instead.section }),
    };
  });
}

function given<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
