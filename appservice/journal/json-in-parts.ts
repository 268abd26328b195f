import { mended } from "../protocol/well-formed.ts";
import type { Parts } from "./parts-of-work.ts";

/** Bytes that are read in one piece: two or three milliseconds, whatever they hold. */
const PIECE = 128 * 1024;
/** Lists and objects of more than a piece, one in the other; what a homeserver answers has five. */
const MOST_LEVELS = 8;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];
const ENDS = new Map([
  [LIST, LIST_END],
  [OBJECT, OBJECT_END],
]);
const BLANKS: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Items of a list or an object that stand one after another; `long`: one that is more than a piece by itself. */
type Run = { readonly bytes: Buffer; readonly long: boolean };

/**
 * Reads JSON of any length that strangers had a hand in, in parts, and mends it as `mended` does: a member of a room
 * decides how many values an event has, and the homeserver how many events there are at once. Throws a `SyntaxError` on
 * what is no JSON.
 */
export function* jsonInParts(bytes: Buffer, level = 0): Parts<unknown> {
  const json = trimmed(bytes);
  const end = ENDS.get(json[0] ?? 0);
  if (json.length <= PIECE || end === undefined) return mended(JSON.parse(json.toString()));
  if (level === MOST_LEVELS) throw new SyntaxError("JSON of this size is not so deep");
  if (json.at(-1) !== end) throw new SyntaxError("JSON that does not end");
  return end === LIST_END ? yield* listIn(json, level) : yield* objectIn(json, level);
}

function* listIn(json: Buffer, level: number): Parts<unknown[]> {
  const list: unknown[] = [];
  for (const run of runsOf(json)) {
    yield;
    if (!run) continue;
    if (run.long) list.push(yield* jsonInParts(run.bytes, level + 1));
    else for (const item of mended(JSON.parse(`[${run.bytes}]`)) as unknown[]) list.push(item);
  }
  return list;
}

function* objectIn(json: Buffer, level: number): Parts<object> {
  const object: Record<string, unknown> = {};
  for (const run of runsOf(json)) {
    yield;
    if (!run) continue;
    if (!run.long) {
      Object.assign(object, mended(JSON.parse(`{${run.bytes}}`)));
      continue;
    }
    const colon = colonIn(run.bytes);
    const value = yield* jsonInParts(run.bytes.subarray(colon + 1), level + 1);
    // Its key is read, and left out where it stands in for another, as all others are.
    const named = mended(JSON.parse(`{${run.bytes.subarray(0, colon)}:null}`)) as object;
    for (const key of Object.keys(named)) object[key] = value;
  }
  return object;
}

/** Items of a list or an object, as many as fit into a piece together; null where others may have their turn. */
function* runsOf(json: Buffer): Generator<Run | null, void> {
  const last = json.length - 1;
  if (trimmed(json.subarray(1, last)).length === 0) return;
  let [from, item, depth, turn] = [1, 1, 0, PIECE];
  for (let i = 1; i <= last; i++) {
    const byte = i === last ? COMMA : json[i];
    if (byte === QUOTE) i = endOfText(json, i);
    else if (byte === LIST || byte === OBJECT) depth++;
    else if (byte === LIST_END || byte === OBJECT_END) depth--;
    else if (byte === COMMA && depth === 0) {
      if (i - item > PIECE) {
        if (item > from) yield { bytes: json.subarray(from, item - 1), long: false };
        yield { bytes: json.subarray(item, i), long: true };
        from = i + 1;
      } else if (i - from > PIECE || i === last) {
        if (trimmed(json.subarray(item, i)).length === 0) throw new SyntaxError("JSON in which an item is missing");
        yield { bytes: json.subarray(from, i), long: false };
        from = i + 1;
      }
      item = i + 1;
    }
    if (i > turn) {
      turn = i + PIECE;
      yield null;
    }
  }
  if (depth !== 0 || from !== last + 1) throw new SyntaxError("JSON in which something does not end");
}

/** Place of the quote that ends the text which begins here. */
function endOfText(json: Buffer, start: number): number {
  let i = start + 1;
  while (i < json.length && json[i] !== QUOTE) i += json[i] === BACKSLASH ? 2 : 1;
  return i;
}

/** Place of the colon between the key, which comes first, and its value. */
function colonIn(entry: Buffer): number {
  const colon = entry.indexOf(COLON, endOfText(entry, entry.indexOf(QUOTE)));
  if (colon === -1) throw new SyntaxError("JSON in which a key has no value");
  return colon;
}

function trimmed(bytes: Buffer): Buffer {
  let [start, end] = [0, bytes.length];
  while (start < end && BLANKS.has(bytes[start])) start++;
  while (end > start && BLANKS.has(bytes[end - 1])) end--;
  return bytes.subarray(start, end);
}
