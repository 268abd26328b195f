import { withoutEnd } from "../../protocol/without-end.ts";
import { isFarewell } from "./farewells.ts";
import { isMaker } from "./makers.ts";

/** Limit above the length of any credit. */
const LONGEST = 160;
/** Number of credits in a row; an engine that writes more has been cut by its loops. */
const MOST = 20;

/**
 * Removes credits: Whisper learned from subtitles, and writes their credits where there is next to no speech: alone,
 * after real words, or before them. A credit is a closed form, for people's own words about subtitles are speech.
 */
export function withoutCredits(text: string): string {
  if (isAllCredits(text)) return "";
  return withoutFirst(withoutLast(text, (end) => isCredit(end, end.alone)));
}

function isAllCredits(text: string): boolean {
  return text.length <= LONGEST * MOST && withoutLast(text, (end) => isCredit(end, true)) === "";
}

/** Last words of a text. `apart`: a sentence ended before them. */
type End = { readonly text: string; readonly alone: boolean; readonly apart: boolean };

function isCredit({ text, apart }: End, alone: boolean): boolean {
  return isMaker(text, { alone }) || (apart && isFarewell(text, { alone }));
}

/** Takes one credit after another from the end, each the shortest that is one, so that no word before it goes along. */
function withoutLast(text: string, isCredit: (end: End) => boolean): string {
  let left = text.trimEnd();
  for (let cut = 0; cut < MOST && left !== ""; cut++) {
    const from = placesOfStart(left).find((start) =>
      isCredit({
        text: left.slice(start),
        alone: start === 0,
        apart: start === 0 || /[.!?…]$/u.test(left.slice(0, start).trimEnd()),
      }),
    );
    if (from === undefined) break;
    left = left.slice(0, from).trimEnd();
  }
  return left;
}

/**
 * Lists where a sentence may begin in the last letters of a text, from the end on; engines forget the full stop before
 * a credit.
 */
function placesOfStart(text: string): number[] {
  const starts: number[] = [];
  for (let at = text.length - 1; at >= Math.max(0, text.length - LONGEST); at--) {
    if (at === 0 || (/\s/.test(text.charAt(at - 1)) && /[\p{Lu}\p{N}©[("«]/u.test(text.charAt(at)))) starts.push(at);
  }
  return starts;
}

/** Removes a maker's credit before the speech. */
function withoutFirst(text: string): string {
  const head = text.slice(0, LONGEST);
  for (const { index } of head.matchAll(/[.!?…]\s/gu)) {
    if (isMaker(withoutEnd(head.slice(0, index), /[.!?…\s]/u), { alone: false }))
      return text.slice(index + 1).trimStart();
  }
  return text;
}
