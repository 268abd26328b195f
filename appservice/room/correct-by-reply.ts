import { decisionIn, questionIn } from "../record/found-items.ts";
import { isDeepStrictEqual } from "node:util";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { PostKey } from "../journal/post-key.ts";
import type { Correction } from "../protocol/correction.ts";
import type { MinutesEntry, Utterance } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";

/** Change that a reply asks for, or the reason why nothing can be made of it. */
export type ByReply =
  | { readonly change: Correction }
  | { readonly problem: "not-found" | "twice"; readonly words: string }
  | { readonly problem: "reply-to" | "which" };

/** `what was heard => what was said`, or the whole text. */
type Asked = { readonly instead: string | null; readonly text: string };

/** A reply to one of our messages, read as a correction of what stands in it. `key`: that message's. */
export function changeByReply(key: PostKey, words: string, { record }: Pick<LiveMeeting, "record">): ByReply {
  const asked = read(words);
  switch (key.kind) {
    case "turn":
      return ofUtterances(
        record.utterances.filter(({ turn }) => turn === key.turn),
        asked,
      );
    case "circle":
    case "circle-summary":
      return ofSummary(
        record.minutes.findLast(
          ({ about, result }) => about.kind === "circle" && about.circle === key.circle && result.form === "summary",
        ),
        asked,
      );
    case "meeting":
      return ofSummary(
        record.minutes.findLast(({ about, result }) => about.kind === "meeting" && result.form === "summary"),
        asked,
      );
    case "summary":
      return ofSummary(
        record.minutes.findLast(
          (entry) => entry.result.form === "summary" && isDeepStrictEqual(key, summaryKey(entry)),
        ),
        asked,
      );
    case "task":
      return ofTask(key.id, record.minutes, asked);
    case "decision":
    case "question":
      return ofItem(key.kind, key.id, record.minutes, asked);
    default:
      return { problem: "reply-to" };
  }
}

/** Gives the key of the message with a summary of one person; null for any other. */
export function summaryKey({ about, madeBy: { plugin } }: Pick<MinutesEntry, "about" | "madeBy">): PostKey | null {
  switch (about.kind) {
    case "participant":
      return {
        kind: "summary",
        of: { kind: "participant", circle: about.circle, participant: about.participant },
        plugin,
      };
    case "person":
      return { kind: "summary", of: { kind: "person", participant: about.participant }, plugin };
    case "turn":
      return { kind: "summary", of: { kind: "turn", turn: about.turn }, plugin };
    default:
      return null;
  }
}

function ofUtterances(utterances: readonly Utterance[], asked: Asked): ByReply {
  const [only] = utterances;
  if (asked.instead === null) {
    if (!only) return { problem: "reply-to" };
    return utterances.length === 1
      ? { change: { of: "utterance", id: only.id, text: asked.text } }
      : { problem: "which" };
  }
  const found = replacedOnce(
    utterances.map(({ text }) => text),
    asked.instead,
    asked.text,
  );
  if ("problem" in found) return found;
  const utterance = utterances[found.place];
  return utterance ? { change: { of: "utterance", id: utterance.id, text: found.text } } : { problem: "reply-to" };
}

function ofSummary(entry: MinutesEntry | undefined, { instead, text }: Asked): ByReply {
  if (entry?.result.form !== "summary") return { problem: "reply-to" };
  const id = entryId(entry);
  if (instead === null)
    return {
      change: {
        of: "summary",
        id,
        sentences: text
          .split("\n")
          .map((line) => line.replace(/^[•*-]\s*/u, "").trim())
          .filter(Boolean),
      },
    };
  const sentences = entry.result.sentences.map((sentence) => sentence.text);
  const found = replacedOnce(sentences, instead, text);
  if ("problem" in found) return found;
  return { change: { of: "summary", id, sentences: sentences.with(found.place, found.text).filter(Boolean) } };
}

function ofTask(id: string, minutes: readonly MinutesEntry[], { instead, text }: Asked): ByReply {
  const task = minutes
    .flatMap(({ result }) => (result.form === "tasks" ? result.tasks : []))
    .find((each) => each.id === id);
  if (!task) return { problem: "reply-to" };
  if (instead === null) return { change: { of: "task", id, title: text } };
  const found = replacedOnce([task.title], instead, text);
  return "problem" in found ? found : { change: { of: "task", id, title: found.text } };
}

/** Corrects a decision or a question. A person who puts other words in its place has taken it for what it is. */
function ofItem(
  of: "decision" | "question",
  id: string,
  minutes: readonly MinutesEntry[],
  { instead, text }: Asked,
): ByReply {
  const item = (of === "decision" ? decisionIn : questionIn)(minutes, id)?.item;
  if (!item) return { problem: "reply-to" };
  const found = instead === null ? { text } : replacedOnce([item.text], instead, text);
  if ("problem" in found) return found;
  const taken = item.status === "suggested";
  return {
    change:
      of === "decision"
        ? { of, id, text: found.text, ...(taken ? { status: "confirmed" } : {}) }
        : { of, id, text: found.text, ...(taken ? { status: "open" } : {}) },
  };
}

function read(words: string): Asked {
  const arrow = /=>|→/u.exec(words.slice(1));
  if (!arrow) return { instead: null, text: unquoted(words) };
  const at = arrow.index + 1;
  return { instead: unquoted(words.slice(0, at)), text: unquoted(words.slice(at + arrow[0].length)) };
}

function unquoted(words: string): string {
  return words
    .trim()
    .replace(/^[“"«„]([\s\S]*)[”"»“]$/u, "$1")
    .trim();
}

/** Puts `text` in place of `words` where they stand, if they stand in one place alone. */
function replacedOnce(
  texts: readonly string[],
  words: string,
  text: string,
): { place: number; text: string } | Extract<ByReply, { words: string }> {
  const lower = inLowerCase(words);
  const places = texts.flatMap((each, place) =>
    occurrences(inLowerCase(each), lower).map((at) => ({ place, at, each })),
  );
  const [only, second] = places;
  if (!only || lower === "") return { problem: "not-found", words };
  if (second) return { problem: "twice", words };
  const { place, at, each } = only;
  return { place, text: `${each.slice(0, at)}${text}${each.slice(at + words.length)}`.replace(/\s+/gu, " ").trim() };
}

/** Each letter stays where it stood: “İ” has a small letter of two units, and is left as it is. */
function inLowerCase(text: string): string {
  const small = (letter: string) => {
    const lower = letter.toLocaleLowerCase();
    return lower.length === letter.length ? lower : letter;
  };
  return [...text].map(small).join("");
}

function occurrences(text: string, words: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(words); at >= 0 && words !== ""; at = text.indexOf(words, at + words.length))
    found.push(at);
  return found;
}
