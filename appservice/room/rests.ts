import type { WrittenText } from "../circle/kinds/kind-words.ts";
import { KINDS } from "../circle/kinds/kinds.ts";
import { circlesThatRan, type Meeting, startOf } from "../circle/meeting.ts";
import type { EndedCircle } from "../circle/circle.ts";
import { EVERYTHING } from "../journal/standing-versions.ts";
import type { MinutesResult } from "../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../protocol/namespace.ts";
import { restingIn } from "../record/taken-back.ts";
import type { RoomContent } from "./messages/message.ts";
import type { MinutesState } from "./wording.ts";

/** Ids of things said or typed on which a result rests. A note does not say. */
export function restsOf(result: MinutesResult): readonly string[] {
  return result.form === "note" ? [EVERYTHING] : restingIn(result).flatMap(({ from }) => from);
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
    ...(texts?.texts ?? []).flatMap(({ message }) => message ?? []),
  ];
}

type Named = { readonly id: string };

/**
 * Messages in which the words were typed that a circle took from chat: reasons, texts, its theme, the meeting's topic.
 */
export function typedFor(
  { kind, data, themeFrom }: Pick<EndedCircle, "kind" | "data" | "themeFrom">,
  meeting: Meeting,
): readonly string[] {
  const typed = [...(KINDS[kind].typedIn?.(data) ?? []), themeFrom, startOf(meeting)?.topicFrom];
  return typed.flatMap((message) => message ?? []);
}

/** Ids on which a circle's root rests: it has the summary, and the notes made while the circle runs. */
export function restsOfCircle(
  circle: EndedCircle,
  meeting: Meeting,
  { made, growing = [] }: MinutesState,
): readonly string[] {
  const { index } = circle;
  const results = made
    .filter(({ about }) => about.kind === "circle" && about.circle === index)
    .flatMap(({ result }) => restsOf(result));
  return unique([
    ...typedFor(circle, meeting),
    ...results,
    ...growing.flatMap(({ sentences }) => sentences.flatMap(({ from }) => from)),
  ]);
}

/** The same of the meeting's root. Central nodes of the map may be anybody's words. */
export function restsOfMeeting(meeting: Meeting, { made }: MinutesState, drawn: boolean): readonly string[] {
  const typed = circlesThatRan(meeting).flatMap((circle) => typedFor(circle, meeting));
  const results = made
    .filter(({ about, result }) => result.form !== "note" && (result.form !== "summary" || about.kind === "meeting"))
    .flatMap(({ result }) => restsOf(result));
  return drawn ? [...unique([...typed, ...results]), EVERYTHING] : unique([...typed, ...results]);
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
