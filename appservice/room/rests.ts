import { EVERYTHING } from "../journal/standing-versions.ts";
import type { MinutesResult } from "../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../protocol/namespace.ts";
import { restingIn } from "../journal/taken-back.ts";
import type { RoomContent } from "./messages/message.ts";
import type { MinutesState } from "./record-posts.ts";

/** On what was said or typed a result rests. A note does not say. */
export function restsOf(result: MinutesResult): readonly string[] {
  return result.form === "note" ? [EVERYTHING] : restingIn(result).flatMap(({ from }) => from);
}

/** What was said or typed and stands in this part of a transcript, or of a list of comments. */
export function standingIn(content: RoomContent): readonly string[] {
  const utterances = content[CONTENT_KEY.utterances] as readonly Named[] | undefined;
  const comments = content[CONTENT_KEY.comments] as { readonly comments: readonly Named[] } | undefined;
  return [...(utterances ?? []), ...(comments?.comments ?? [])].map(({ id }) => id);
}

type Named = { readonly id: string };

/** On what a circle's root rests: it has the summary, and what is noted while the circle runs. */
export function restsOfCircle(index: number, { made, growing = [] }: MinutesState): readonly string[] {
  const results = made.filter(({ about }) => about.kind === "circle" && about.circle === index).flatMap(({ result }) => restsOf(result));
  return unique([...results, ...growing.flatMap(({ sentences }) => sentences.flatMap(({ from }) => from))]);
}

/** The same of the meeting's root. What is central in the map may be anybody's words. */
export function restsOfMeeting({ made }: MinutesState, drawn: boolean): readonly string[] {
  const results = made.filter(({ about, result }) => result.form !== "note" && (result.form !== "summary" || about.kind === "meeting")).flatMap(({ result }) => restsOf(result));
  return drawn ? [...unique(results), EVERYTHING] : unique(results);
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
