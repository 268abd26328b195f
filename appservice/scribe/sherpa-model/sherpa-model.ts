import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { OtherModel } from "../sherpa-onnx-node.ts";
import { EngineError } from "../engine.ts";
import { onnxMetadata } from "./onnx-metadata.ts";

export type SherpaKind = "whisper" | "transducer" | "ctc";
type Wanted = { readonly kind: SherpaKind; readonly modelFolder: string; readonly encoder: "full" | "int8" };

/** Parts of a model's file names, by kind; the first is asked what the model is. */
const PARTS = {
  whisper: ["encoder", "decoder"],
  transducer: ["encoder", "decoder", "joiner"],
  ctc: ["model"],
} as const satisfies Record<SherpaKind, readonly string[]>;

type Part = (typeof PARTS)[SherpaKind][number] | "tokens";

/** Words with which a model says of which form it is: "EncDecRNNTBPEModel", "zipformer2_ctc", "whisper-base". */
const FORMS = {
  whisper: /^whisper/,
  transducer: /^(?:conformer|zipformer2?|EncDecHybridRNNTCTCBPEModel|EncDecRNNTBPEModel)$/,
  ctc: /^(?:EncDecCTCModel(?:BPE)?|EncDecHybridRNNTCTCBPEModel|zipformer2?_ctc|wenet_ctc)$/,
} as const satisfies Record<SherpaKind, RegExp>;

/** Lists the files of a model; one that is not there is named as it is looked for. */
export function filesOf({ kind, modelFolder, encoder }: Wanted): readonly (readonly [part: Part, path: string])[] {
  const names = namesIn(modelFolder);
  const onnx = PARTS[kind].map((part): readonly [Part, string] => {
    // Whisper's decoder mishears no less in full, and costs more.
    const int8 = encoder === "int8" || (kind === "whisper" && part === "decoder");
    const found = ofPart(names, part, int8);
    return [part, join(modelFolder, found ?? `${part}${int8 ? ".int8" : ""}.onnx`)];
  });
  const tokens = shortest(names.filter((name) => /(?:^|[-_.])tokens\.txt$/.test(name)));
  return [...onnx, ["tokens", join(modelFolder, tokens ?? "tokens.txt")]];
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Finds the file of a part: in 8 bits where that is wanted and there, in full otherwise. */
function ofPart(names: readonly string[], part: string, int8: boolean): string | null {
  const own = names.filter((name) => name.endsWith(".onnx") && new RegExp(`(?:^|[-_.])${part}(?:[-_.]|$)`).test(name));
  const [small, full] = [own.filter((name) => name.includes("int8")), own.filter((name) => !name.includes("int8"))];
  return int8 ? (shortest(small) ?? shortest(full)) : shortest(full);
}

function shortest(names: readonly string[]): string | null {
  return [...names].sort((one, other) => one.length - other.length || one.localeCompare(other))[0] ?? null;
}

/** A model as sherpa-onnx takes it, and what it is known to be good for. */
export type FoundModel = {
  readonly model: OtherModel | { readonly whisper: { readonly encoder: string; readonly decoder: string } };
  readonly tokens: string;
  /** Pieces of which it makes words, where it can lean to words that are named to it; null: it cannot. */
  readonly pieces: string | null;
  readonly knownFor: string;
};

/** Looks what a model is before it is loaded, since a wrong one would end the process. */
export async function modelIn(wanted: Wanted): Promise<FoundModel> {
  const files = new Map(filesOf(wanted));
  const path = (part: Part) => files.get(part) ?? "";
  const { kind } = wanted;
  const metadata = await onnxMetadata(path(PARTS[kind][0])).catch(() => null);
  const form = metadata?.get("model_type") ?? "";
  // Old conversions of Whisper say nothing of themselves.
  const silent = kind === "whisper" && metadata !== null && form === "";
  if (!silent && !FORMS[kind].test(form)) {
    const is =
      metadata === null ? "is no ONNX model" : form === "" ? "says nothing of its form" : `is of the form ${form}`;
    throw new EngineError("engine-failed", `${path(PARTS[kind][0])} ${is}; speech.sherpa.kind is ${kind}`);
  }
  if (metadata?.has("decode_chunk_len"))
    throw new EngineError("engine-failed", `${path(PARTS[kind][0])} is a streaming model; take an offline one`);
  const tokens = path("tokens");
  const giga = metadata?.get("is_giga_am") === "1";
  const knownFor = giga
    ? "GigaAM: Russian alone"
    : kind === "whisper"
      ? "many languages, with capitals and stops"
      : "the language it was made for, mostly without capitals and stops";
  if (kind === "whisper")
    return {
      model: { whisper: { encoder: path("encoder"), decoder: path("decoder") } },
      tokens,
      pieces: null,
      knownFor,
    };
  if (kind === "transducer") {
    const [encoder, decoder, joiner] = [path("encoder"), path("decoder"), path("joiner")];
    // Those of NeMo's form decode greedily, which nothing leans.
    const [vocabulary] = form.startsWith("EncDec")
      ? []
      : namesIn(wanted.modelFolder).filter((name) => name.endsWith("bpe.vocab"));
    const pieces = vocabulary === undefined ? null : join(wanted.modelFolder, vocabulary);
    return { model: { transducer: { encoder, decoder, joiner } }, tokens, pieces, knownFor };
  }
  const model = { model: path("model") };
  if (form === "wenet_ctc") return { model: { wenetCtc: model }, tokens, pieces: null, knownFor };
  return {
    model: form.startsWith("zipformer") ? { zipformerCtc: model } : { nemoCtc: model },
    tokens,
    pieces: null,
    knownFor,
  };
}
