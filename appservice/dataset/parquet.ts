import { createHash } from "node:crypto";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { SpeechRow } from "./rows.ts";

/** Bytes of sound in a file at most: it is put together in memory. */
const MOST_BYTES = 6_000_000;

/** A file of rows with their sound inside: a part of a meeting, so that only what changed is written anew. */
export type Shard = { readonly path: string; readonly rows: readonly SpeechRow[] };

/** Cuts the rows of a meeting into files. The name of a file tells what is in it. */
export function shardsOf(rows: readonly SpeechRow[]): Shard[] {
  const parts: SpeechRow[][] = [];
  let bytes = MOST_BYTES;
  for (const row of rows) {
    if (bytes + row.sound.bytes > MOST_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(row);
    bytes += row.sound.bytes;
  }
  return parts.map((part, nth) => {
    const { split = "train", meeting = "" } = part[0] ?? {};
    const digest = createHash("sha256").update(JSON.stringify(part)).digest("hex").slice(0, 12);
    return { path: `asr-parquet/${split}/${meeting}-${nth}-${digest}.parquet`, rows: part };
  });
}

const STRING = { type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" } as const;
const COLUMNS = {
  id: STRING,
  text: STRING,
  text_heard: STRING,
  language: STRING,
  speaker: STRING,
  duration: { type: "DOUBLE", repetition_type: "OPTIONAL" },
  meeting: STRING,
  circle_kind: STRING,
  engine: STRING,
  model: STRING,
  corrections: { type: "INT32", repetition_type: "OPTIONAL" },
  verified: { type: "BOOLEAN", repetition_type: "OPTIONAL" },
  replaced: { type: "INT32", repetition_type: "OPTIONAL" },
  rights: STRING,
} as const;

const DTYPES: Readonly<Record<string, string>> = { DOUBLE: "float64", INT32: "int32", BOOLEAN: "bool" };

/** Tells `datasets` what each column is: a struct of bytes and path is a sound for it only if it is told. */
const FEATURES = {
  audio: { sampling_rate: 16_000, _type: "Audio" },
  ...Object.fromEntries(
    Object.entries(COLUMNS).map(([name, { type }]) => [name, { dtype: DTYPES[type] ?? "string", _type: "Value" }]),
  ),
};

/** Writes rows as Parquet, each with its sound. */
export function parquetOf(rows: readonly { readonly row: SpeechRow; readonly sound: Uint8Array }[]): Uint8Array {
  const column = (name: string, of: (row: SpeechRow) => unknown) => ({ name, data: rows.map(({ row }) => of(row)) });
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        {
          name: "audio",
          data: rows.map(({ row, sound }) => ({ bytes: sound, path: `${row.id}.flac` })),
          statistics: false,
        },
        column("id", ({ id }) => id),
        column("text", ({ text }) => text),
        column("text_heard", ({ textHeard }) => textHeard),
        column("language", ({ language }) => language),
        column("speaker", ({ speaker }) => speaker),
        column("duration", ({ seconds }) => seconds),
        column("meeting", ({ meeting }) => meeting),
        column("circle_kind", ({ circleKind }) => circleKind),
        column("engine", ({ engine }) => engine),
        column("model", ({ model }) => model),
        column("corrections", ({ corrections }) => corrections),
        column("verified", ({ verified }) => verified),
        column("replaced", ({ replaced }) => replaced),
        column("rights", ({ rights }) => rights),
      ],
      schema: [
        { name: "root", num_children: 1 + Object.keys(COLUMNS).length },
        { name: "audio", num_children: 2, repetition_type: "OPTIONAL" },
        { name: "bytes", type: "BYTE_ARRAY", repetition_type: "OPTIONAL" },
        { name: "path", ...STRING },
        ...Object.entries(COLUMNS).map(([name, type]) => ({ name, ...type })),
      ],
      // Sound in FLAC does not get smaller.
      codec: "UNCOMPRESSED",
      kvMetadata: [{ key: "huggingface", value: JSON.stringify({ info: { features: FEATURES } }) }],
      createdBy: "mindminder",
    }),
  );
}
