import { stringify } from "yaml";
import { z } from "zod";
import { Config } from "./config.ts";

/** Values of the sample where there is no default, or where an example says more than the default. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  "homeserver.url": "http://127.0.0.1:8008",
  "homeserver.serverName": "example.org",
  "homeserver.registration": "registration.yaml",
  "service.publicUrl": "https://mindminder.example.org",
  "livekit.url": "wss://livekit.example.org",
  "livekit.apiKeyFile": "livekit-key",
  "livekit.apiSecretFile": "livekit-secret",
};

const WIDTH = 110;

/** The sample configuration: every key with what it means; those that have a default stand behind a `#` with it. */
export function sampleConfig(): string {
  const head = [
    "Configuration of Mindminder. Copy it to config.yaml and change what differs.",
    "Keys behind a single # are at their defaults. Paths count from this file's folder.",
    "This file is made from the code: npm run generate.",
  ];
  return `${head.map((line) => `# ${line}`).join("\n")}\n${section(Config, "", 0)}`;
}

function section(schema: z.ZodObject, path: string, depth: number): string {
  return Object.entries(schema.shape)
    .map(([key, value]) => entry(value as z.ZodType, key, path ? `${path}.${key}` : key, depth))
    .join(depth === 0 ? "\n" : "");
}

function entry(schema: z.ZodType, key: string, path: string, depth: number): string {
  const indent = "  ".repeat(depth);
  const { inner, description, fallback } = unwrapped(schema);
  const comment = description ? `${wrapped(description, `${indent}# `)}\n` : "";
  if (inner instanceof z.ZodObject) {
    const body = section(inner, path, depth + 1);
    // A section of which nothing is set stands behind a # itself: an empty one would not be a section.
    const hash = body.split("\n").some((line) => /^\s*[^\s#]/.test(line)) ? "" : "#";
    return `${comment}${indent}${hash}${key}:\n${body}`;
  }
  if (path in EXAMPLES) return `${comment}${yamlLines({ [key]: EXAMPLES[path] }, indent)}`;
  if (fallback === undefined) return `${comment}${indent}#${key}:\n`;
  return `${comment}${yamlLines({ [key]: fallback }, `${indent}#`)}`;
}

function unwrapped(schema: z.ZodType): { inner: z.ZodType; description: string | undefined; fallback: unknown } {
  let inner = schema;
  let description = schema.description;
  let fallback: unknown;
  for (;;) {
    const def = inner.def as { innerType?: z.ZodType; in?: z.ZodType; defaultValue?: unknown };
    if ("defaultValue" in def) fallback ??= def.defaultValue;
    const next = def.innerType ?? def.in;
    if (!next) return { inner, description, fallback };
    inner = next;
    description ??= inner.description;
  }
}

function yamlLines(value: unknown, indent: string): string {
  return stringify(value)
    .trimEnd()
    .split("\n")
    .map((line) => `${indent}${line}\n`)
    .join("");
}

function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length > WIDTH && line !== indent) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join("\n");
}
