import { open } from "node:fs/promises";

/** Fields of ONNX's `ModelProto` and of its `StringStringEntryProto` that are read here. */
const METADATA_PROPS = 14;
const [KEY, VALUE] = [1, 2];
/** Longest entry that is read; what is longer is no name of a kind. */
const MOST_BYTES = 64 * 1024;
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * Reads what a model says of itself, without loading it: sherpa-onnx ends the whole process over a model that it does
 * not know. Null for a file that is no ONNX model.
 */
export async function onnxMetadata(path: string): Promise<ReadonlyMap<string, string> | null> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const read = async (at: number, length: number) => {
      const bytes = Buffer.alloc(Math.min(length, Math.max(0, size - at)));
      await file.read(bytes, 0, bytes.length, at);
      return bytes;
    };
    const found = new Map<string, string>();
    for (let at = 0; at < size; ) {
      const head = fieldAt(await read(at, 20), 0);
      // Each field ends within the file, or it is none.
      if (!head || at + head.end > size) return null;
      if (head.field === METADATA_PROPS && head.wire === WIRE.bytes && head.end - head.start <= MOST_BYTES) {
        const entry = entryOf(await read(at + head.start, head.end - head.start));
        if (entry) found.set(...entry);
      }
      at += head.end;
    }
    return size === 0 ? null : found;
  } finally {
    await file.close();
  }
}

type Field = { readonly field: number; readonly wire: number; readonly start: number; readonly end: number };

/**
 * Finds where a field's contents begin and end, counted from the beginning of `bytes`, which may hold only its head.
 */
function fieldAt(bytes: Buffer, at: number): Field | null {
  const tag = varint(bytes, at);
  if (!tag || tag.value === 0) return null;
  const [field, wire, start] = [Math.floor(tag.value / 8), tag.value % 8, tag.next];
  if (wire === WIRE.fixed64) return { field, wire, start, end: start + 8 };
  if (wire === WIRE.fixed32) return { field, wire, start, end: start + 4 };
  const number = varint(bytes, start);
  if (!number) return null;
  if (wire === WIRE.varint) return { field, wire, start, end: number.next };
  return wire === WIRE.bytes ? { field, wire, start: number.next, end: number.next + number.value } : null;
}

function entryOf(bytes: Buffer): [key: string, value: string] | null {
  const texts = new Map<number, string>();
  for (let at = 0; at < bytes.length; ) {
    const part = fieldAt(bytes, at);
    if (!part) return null;
    texts.set(part.field, bytes.toString("utf8", part.start, part.end));
    at = part.end;
  }
  const key = texts.get(KEY);
  return key === undefined ? null : [key, texts.get(VALUE) ?? ""];
}

function varint(bytes: Buffer, at: number): { readonly value: number; readonly next: number } | null {
  let [value, scale] = [0, 1];
  for (let i = at; i < bytes.length && i < at + 9; i++) {
    const byte = bytes[i] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, next: i + 1 };
    scale *= 128;
  }
  return null;
}
