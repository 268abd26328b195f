import { z } from "zod";
import type { Engine } from "./engine.ts";

/** File that an engine needs, and the key of its section that names it. */
export type EngineFile = { readonly key: string; readonly path: string };

/** Server to which speech goes; `shownAs`: its name for people, null: its host. */
export type EngineServer = { readonly baseUrl: string; readonly shownAs: string | null };

/** `record`: writes down what is said; `captions`: makes captions of English alone, beside an engine of the record. */
type Use = "record" | "captions";

/** Speech engine with its section of the configuration, which has its name. */
export type EngineKind<Options> = {
  readonly use: Use;
  /** Use in a few words, behind its name where one is chosen in the configuration. */
  readonly about: string;
  readonly options: z.ZodType<Options>;
  /** Keys of its options that hold a path; it counts from the configuration's folder. */
  readonly paths: readonly (keyof Options)[];
  /** Those of them that name a file with a secret; null in the options: none. */
  readonly secretFiles: readonly (keyof Options & string)[];
  /** Files of its models. */
  modelFiles(options: Options): readonly EngineFile[];
  /** Null for an engine on this machine. */
  server(options: Options): EngineServer | null;
  /** Loads what it needs, and no sooner: the packages that it stands on may not be installed. */
  open(options: Options): Promise<Engine>;
};

type EngineParts<U extends Use, Shape extends z.ZodRawShape> = Omit<
  EngineKind<z.output<z.ZodObject<Shape, z.core.$strict>>>,
  "use" | "options"
> & {
  readonly use: U;
  /** Description of its section. */
  readonly section: string;
  readonly options: Shape;
};

/** Declares an engine. A new one is a file in `engines/`, and a line in `engine-list.ts`. */
export function speechEngine<const U extends Use, Shape extends z.ZodRawShape>(parts: EngineParts<U, Shape>) {
  const options = z.strictObject(parts.options);
  // Nothing of it need be written.
  const defaults = {} as z.input<typeof options>;
  return { ...parts, options, inConfig: options.prefault(defaults).describe(parts.section) };
}
