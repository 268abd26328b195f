import { type Correction, type CorrectionMade, TaskStatus } from "../protocol/correction.ts";
import type { GroundedSentence, MinutesEntry, Segment, Utterance } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import { decisionIn, questionIn, taskIn } from "./found-items.ts";

type Corrigibles = { readonly utterances: readonly Utterance[]; readonly minutes: readonly MinutesEntry[] };
type Asked = { readonly change: Correction } & Pick<CorrectionMade, "by" | "name" | "at" | "door">;

/** What becomes of the record by a correction: the thing before and after, and the note of it. */
export type Corrected = {
  readonly made: CorrectionMade;
  readonly utterance?: { readonly before: Utterance; readonly after: Utterance };
  readonly entry?: { readonly before: MinutesEntry; readonly after: MinutesEntry };
};

/** What a sentence rests on that somebody wrote where there was none. */
const BY_HAND = "by-hand";

/** Null where there is no such thing, or nothing would change. */
export function corrected(
  { utterances, minutes }: Corrigibles,
  { change, by, name, at, door }: Asked,
): Corrected | null {
  const who = { by, name, at, door, id: change.id };
  switch (change.of) {
    case "utterance": {
      const before = utterances.find(({ id }) => id === change.id);
      if (!before || before.text === change.text) return null;
      const after = { ...before, text: change.text, segments: withSpeech(before.segments, change.text) };
      return {
        made: { of: "utterance", ...who, before: before.text, after: change.text },
        utterance: { before, after },
      };
    }
    case "summary": {
      const before = minutes.find((entry) => entry.result.form === "summary" && entryId(entry) === change.id);
      if (before?.result.form !== "summary") return null;
      const texts = before.result.sentences.map(({ text }) => text);
      if (same(texts, change.sentences)) return null;
      const sentences = grounded(before.result.sentences, change.sentences);
      return {
        made: { of: "summary", ...who, before: texts, after: change.sentences },
        entry: { before, after: { ...before, result: { form: "summary", sentences } } },
      };
    }
    case "task": {
      const found = taskIn(minutes, change.id);
      const { of: _, id: __, ...facts } = change;
      const factsOf = ({ title, owner, due, status }: NonNullable<typeof found>["item"]) => ({
        title,
        owner,
        due,
        status: TaskStatus.parse(status),
      });
      const after = found && { ...found.item, ...given(facts) };
      if (!after || same(factsOf(found.item), factsOf(after))) return null;
      return {
        made: { of: "task", ...who, before: factsOf(found.item), after: factsOf(after) },
        entry: found.replacedBy(after),
      };
    }
    case "decision": {
      const found = decisionIn(minutes, change.id);
      const after = found && restated(found.item, change, by);
      if (!after || same(found.item, after)) return null;
      return {
        made: { of: "decision", ...who, before: stated(found.item), after: stated(after) },
        entry: found.replacedBy(after),
      };
    }
    case "question": {
      const found = questionIn(minutes, change.id);
      const after = found && restated(found.item, change, by);
      if (!after || same(found.item, after)) return null;
      return {
        made: { of: "question", ...who, before: stated(found.item), after: stated(after) },
        entry: found.replacedBy(after),
      };
    }
  }
}

type Statement<Status> = { readonly text: string; readonly status: Status; readonly confirmedBy: string | null };

function stated<Status>({ text, status }: Statement<Status>): { text: string; status: Status } {
  return { text, status };
}

/** Whoever gives it another status than that of a suggestion, or of nothing, has confirmed it. */
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

/** A sentence rests on what it rested on before; one that is new, on what the one in its place did. */
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
