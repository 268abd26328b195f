import { sourceOf, type WrittenText } from "../circle/kinds/kind-words.ts";
import { KINDS } from "../circle/kinds/kinds.ts";
import { circlesThatRan, type Meeting, startOf } from "../circle/meeting.ts";
import type { EndedCircle } from "../circle/circle.ts";
import { EVERYTHING } from "../journal/standing-versions.ts";
import type { Corrigible } from "../protocol/correction.ts";
import type { MinutesEntry, MinutesResult } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import { CONTENT_KEY } from "../protocol/namespace.ts";
import { restingIn } from "../record/taken-back.ts";
import type { RoomContent } from "./messages/message.ts";
import type { MinutesState, Wording } from "./wording.ts";

/** Ids of things said or typed on which a result rests. A note does not say. */
export function restsOf(result: MinutesResult): readonly string[] {
  return result.form === "note" ? [EVERYTHING] : restingIn(result).flatMap(({ from }) => from);
}

/** The same of a result as it stands: people who put it into other words wrote it, too. */
export function restsOfEntry(
  entry: MinutesEntry,
  { correctionsOf }: Pick<Wording, "correctionsOf">,
): readonly string[] {
  return [
    ...restsOf(entry.result),
    ...corrigiblesIn(entry).flatMap((thing) => correctionsOf(thing).map(({ by }) => by)),
  ];
}

/** The same of a task, a decision or a question. */
export function restsOfItem(
  of: "task" | "decision" | "question",
  { id, from }: { readonly id: string; readonly from: readonly string[] },
  { correctionsOf }: Pick<Wording, "correctionsOf">,
): readonly string[] {
  return [...from, ...correctionsOf({ of, id }).map(({ by }) => by)];
}

function corrigiblesIn(entry: MinutesEntry): readonly Corrigible[] {
  const { result } = entry;
  switch (result.form) {
    case "summary":
      return [{ of: "summary", id: entryId(entry) }];
    case "tasks":
      return result.tasks.map(({ id }) => ({ of: "task", id }));
    case "decisions":
      return result.decisions.map(({ id }) => ({ of: "decision", id }));
    case "questions":
      return result.questions.map(({ id }) => ({ of: "question", id }));
    default:
      return [];
  }
}

/**
 * Things said or typed that stand in this part of a transcript, of a list of comments, or of texts written in silence.
 */
export function standingIn(content: RoomContent): readonly string[] {
  const utterances = content[CONTENT_KEY.utterances] as readonly Named[] | undefined;
  const comments = content[CONTENT_KEY.comments] as { readonly comments: readonly Named[] } | undefined;
  const texts = content[CONTENT_KEY.texts] as { readonly texts: readonly WrittenText[] } | undefined;
  return [
    ...[...(utterances ?? []), ...(comments?.comments ?? [])].map(({ id }) => id),
    ...(texts?.texts ?? []).map(sourceOf),
  ];
}

type Named = { readonly id: string };

/** Sources of the words that people gave to a circle: reasons, texts, its theme, the meeting's topic. */
export function sourcesFor(
  { kind, data, themeFrom }: Pick<EndedCircle, "kind" | "data" | "themeFrom">,
  meeting: Meeting,
): readonly string[] {
  const start = startOf(meeting);
  const quoted = (start?.quotes ?? []).map(({ by }) => by);
  const sources = [...(KINDS[kind].sources?.(data) ?? []), themeFrom, start?.topicFrom, ...quoted];
  return sources.flatMap((source) => source ?? []);
}

/** Ids on which a circle's root rests: it has the summary, and the notes made while the circle runs. */
export function restsOfCircle(
  circle: EndedCircle,
  meeting: Meeting,
  { made, growing = [] }: MinutesState,
  wording: Pick<Wording, "correctionsOf">,
): readonly string[] {
  const { index } = circle;
  const results = made
    .filter(({ about }) => about.kind === "circle" && about.circle === index)
    .flatMap((entry) => restsOfEntry(entry, wording));
  return unique([
    ...sourcesFor(circle, meeting),
    ...results,
    ...growing.flatMap(({ sentences }) => sentences.flatMap(({ from }) => from)),
  ]);
}

/** The same of the meeting's root. Central nodes of the map may be anybody's words. */
export function restsOfMeeting(
  meeting: Meeting,
  { made }: MinutesState,
  wording: Pick<Wording, "correctionsOf">,
  drawn: boolean,
): readonly string[] {
  const typed = circlesThatRan(meeting).flatMap((circle) => sourcesFor(circle, meeting));
  const results = made
    .filter(({ about, result }) => result.form !== "note" && (result.form !== "summary" || about.kind === "meeting"))
    .flatMap((entry) => restsOfEntry(entry, wording));
  return drawn ? [...unique([...typed, ...results]), EVERYTHING] : unique([...typed, ...results]);
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
