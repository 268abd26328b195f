import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Models of the right form with meaningless weights, written byte by byte: enough to prove that the real loader takes
// them, finds their files and decodes with them. The numbers of fields are those of ONNX's onnx.proto.

const [FLOAT, INT32, INT64] = [1, 6, 7];
const FEATURES = 80;
const HIDDEN = 8;
/** Size of a transducer's weights: it is so much in doubt that words which it leans to decide. */
const SMALL = 0.000_01;
/** Pieces of text that the models can write; the first stands for silence. */
const TOKENS = ["<blk>", "▁a", "▁да", "▁no", "б"];

type Shape = readonly (number | string)[];
type Value = { readonly name: string; readonly type: number; readonly shape: Shape };
type Node = {
  readonly op: string;
  readonly in: readonly string[];
  readonly out: string;
  readonly attributes?: readonly Buffer[];
};

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}
const number = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, of: Buffer | string) => {
  const content = Buffer.from(of);
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
};
const message = (field: number, ...parts: readonly Buffer[]) => bytes(field, Buffer.concat(parts));

const attribute = (name: string, value: number | readonly number[]) =>
  typeof value === "number"
    ? message(5, bytes(1, name), number(3, value), number(20, 2))
    : message(5, bytes(1, name), ...value.map((each) => number(8, each)), number(20, 7));

function valueInfo(field: number, { name, type, shape }: Value): Buffer {
  const dimensions = shape.map((size) => message(1, typeof size === "number" ? number(1, size) : bytes(2, size)));
  return message(field, bytes(1, name), message(2, message(1, number(1, type), message(2, ...dimensions))));
}

/** Weights that differ from one another, the less the smaller `size`, and are the same each time. */
function weights(name: string, shape: readonly [number, number], size = 1): Buffer {
  return table(name, shape, (i) => Math.sin(i * 7 + name.length) * size);
}

function table(name: string, shape: readonly [number, number], valueAt: (i: number) => number): Buffer {
  const values = Buffer.alloc(shape[0] * shape[1] * 4);
  for (let i = 0; i < shape[0] * shape[1]; i++) values.writeFloatLE(valueAt(i), i * 4);
  return message(5, ...shape.map((size) => number(1, size)), number(2, FLOAT), bytes(8, name), bytes(9, values));
}

function model(of: {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly nodes: readonly Node[];
  readonly weights: readonly Buffer[];
  readonly metadata: Readonly<Record<string, string>>;
}): Buffer {
  const nodes = of.nodes.map(({ op, in: inputs, out, attributes = [] }) =>
    message(1, ...inputs.map((each) => bytes(1, each)), bytes(2, out), bytes(4, op), ...attributes),
  );
  return Buffer.concat([
    number(1, 8),
    message(
      7,
      ...nodes,
      bytes(2, "tiny"),
      ...of.weights,
      ...of.inputs.map((each) => valueInfo(11, each)),
      ...of.outputs.map((each) => valueInfo(12, each)),
    ),
    message(8, bytes(1, ""), number(2, 13)),
    ...Object.entries(of.metadata).map(([key, value]) => message(14, bytes(1, key), bytes(2, value))),
  ]);
}

const float = (name: string, ...shape: Shape): Value => ({ name, type: FLOAT, shape });
const int64 = (name: string, ...shape: Shape): Value => ({ name, type: INT64, shape });

function write(folder: string, files: Readonly<Record<string, Buffer | string>>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const tokens = (names: readonly string[]) => `${names.map((name, id) => `${name} ${id}`).join("\n")}\n`;

/** A model of NeMo's CTC form, as GigaAM's. The silence stands last there. */
export function tinyCtc(folder: string): string {
  const names = [...TOKENS.slice(1), "<blk>"];
  return write(folder, {
    "model.int8.onnx": model({
      inputs: [float("audio_signal", "N", FEATURES, "T"), int64("length", "N")],
      outputs: [float("logprobs", "N", "T", names.length)],
      nodes: [
        { op: "Transpose", in: ["audio_signal"], out: "frames", attributes: [attribute("perm", [0, 2, 1])] },
        { op: "MatMul", in: ["frames", "w"], out: "logits" },
        { op: "LogSoftmax", in: ["logits"], out: "logprobs", attributes: [attribute("axis", 2)] },
      ],
      weights: [weights("w", [FEATURES, names.length])],
      metadata: {
        model_type: "EncDecCTCModelBPE",
        vocab_size: String(names.length - 1),
        subsampling_factor: "1",
        normalize_type: "per_feature",
      },
    }),
    "tokens.txt": tokens(names),
  });
}

/** A transducer of the zipformer's form, its files named as its authors name them. */
export function tinyTransducer(folder: string): string {
  return write(folder, {
    "encoder-epoch-30-avg-4.int8.onnx": model({
      inputs: [float("x", "N", "T", FEATURES), int64("x_lens", "N")],
      outputs: [float("encoder_out", "N", "T", HIDDEN), int64("encoder_out_lens", "N")],
      nodes: [
        { op: "MatMul", in: ["x", "w"], out: "encoder_out" },
        { op: "Identity", in: ["x_lens"], out: "encoder_out_lens" },
      ],
      weights: [weights("w", [FEATURES, HIDDEN], SMALL)],
      metadata: { model_type: "zipformer2" },
    }),
    "decoder-epoch-30-avg-4.onnx": model({
      inputs: [int64("y", "N", 2)],
      outputs: [float("decoder_out", "N", HIDDEN)],
      nodes: [
        { op: "Cast", in: ["y"], out: "numbers", attributes: [attribute("to", FLOAT)] },
        { op: "MatMul", in: ["numbers", "w"], out: "decoder_out" },
      ],
      weights: [weights("w", [2, HIDDEN], SMALL)],
      metadata: { vocab_size: String(TOKENS.length), context_size: "2" },
    }),
    "joiner-epoch-30-avg-4.int8.onnx": model({
      inputs: [float("encoder_out", "N", HIDDEN), float("decoder_out", "N", HIDDEN)],
      outputs: [float("logit", "N", TOKENS.length)],
      nodes: [
        { op: "Add", in: ["encoder_out", "decoder_out"], out: "sum" },
        { op: "MatMul", in: ["sum", "w"], out: "logit" },
      ],
      weights: [weights("w", [HIDDEN, TOKENS.length])],
      metadata: { joiner_dim: String(HIDDEN) },
    }),
    "tokens.txt": tokens(TOKENS),
    // Pieces with how likely each is, as sentencepiece writes them.
    "bpe.vocab": `<unk>\t0\n${TOKENS.slice(1)
      .map((token) => `${token}\t-1\n`)
      .join("")}`,
  });
}

/** Marks that a CT-transformer puts behind words, as their authors write them; `_` stands for none. */
const MARKS = ["<unk>", "_", "，", "。", "？", "、"];

/** A model that puts stops into text, of the CT-transformer's form: behind each word the mark that `marks` says. */
export function tinyPunctuation(folder: string, marks: Readonly<Record<string, string>>): string {
  const words = ["<unk>", ...Object.keys(marks)];
  const markOf = (word: number) => MARKS.indexOf(marks[words[word] ?? ""] ?? "_");
  const folderOf = write(folder, {
    "model.onnx": model({
      inputs: [
        { name: "inputs", type: INT32, shape: ["N", "T"] },
        { name: "text_lengths", type: INT32, shape: ["N"] },
      ],
      outputs: [float("logits", "N", "T", MARKS.length)],
      nodes: [{ op: "Gather", in: ["w", "inputs"], out: "logits" }],
      weights: [
        table("w", [words.length, MARKS.length], (i) =>
          i % MARKS.length === markOf(Math.floor(i / MARKS.length)) ? 1 : 0,
        ),
      ],
      metadata: {
        tokens: words.join("|"),
        vocab_size: String(words.length),
        punctuations: MARKS.join("|"),
        unk_symbol: "<unk>",
      },
    }),
  });
  return join(folderOf, "model.onnx");
}
