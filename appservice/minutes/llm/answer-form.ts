import type OpenAI from "openai";
import { z } from "zod";

/**
 * Ways of asking for a form, the strictest first. Servers differ in which they know, some of them in bounds alone; each
 * answer is checked anyway.
 */
export const LADDER = [
  "json_schema",
  "json_schema_without_bounds",
  "json_object_with_schema",
  "json_object",
  "text",
] as const;
export type Rung = (typeof LADDER)[number];

/** Bounds of numbers say nothing: grammars made from them are long and slow. */
const OF_NUMBERS = ["minimum", "maximum"] as const;
const OF_LENGTHS = ["maxItems", "minLength", "maxLength"] as const;
type Bound = (typeof OF_NUMBERS | typeof OF_LENGTHS)[number];

function schemaOf<T>(schema: z.ZodType<T>, without: readonly Bound[]) {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      for (const bound of without) delete jsonSchema[bound];
    },
  }) as Record<string, unknown>;
  return json;
}

export function form<T>(
  rung: Rung,
  { name, schema }: { readonly name: string; readonly schema: z.ZodType<T> },
): Pick<OpenAI.ChatCompletionCreateParamsNonStreaming, "response_format"> {
  const bounded = schemaOf(schema, OF_NUMBERS);
  switch (rung) {
    case "json_schema":
      return { response_format: { type: "json_schema", json_schema: { name, schema: bounded, strict: true } } };
    case "json_schema_without_bounds": {
      const unbounded = schemaOf(schema, [...OF_NUMBERS, ...OF_LENGTHS]);
      return { response_format: { type: "json_schema", json_schema: { name, schema: unbounded, strict: true } } };
    }
    case "json_object_with_schema": {
      // This form llama.cpp understands and OpenAI does not describe.
      const format: { type: "json_object"; schema: unknown } = { type: "json_object", schema: bounded };
      return { response_format: format };
    }
    case "json_object":
      return { response_format: { type: "json_object" } };
    case "text":
      return {};
  }
}
