import { parseDocument } from "yaml";
import { isShadowing, wellFormedText } from "../protocol/well-formed.ts";

export const MOST_BYTES = 256 * 1024;

export type YamlProblem =
  | { readonly kind: "too-large"; readonly most: number }
  | { readonly kind: "not-yaml"; readonly line: number; readonly reason: string }
  | { readonly kind: "unreadable" };

/** Most levels of nesting. No person means a deeper one, and it would cost the parser its stack. */
const DEEPEST = 50;

/** Reads a YAML text. Its author may mean harm: its size, its depth and its aliases are bounded. */
export function valueOfYaml(text: string): { readonly value: unknown } | { readonly problems: readonly YamlProblem[] } {
  if (Buffer.byteLength(text) > MOST_BYTES) return { problems: [{ kind: "too-large", most: MOST_BYTES / 1024 }] };
  if (isTooDeep(text)) return { problems: [{ kind: "unreadable" }] };
  try {
    const document = parseDocument(text, { uniqueKeys: true, prettyErrors: true });
    if (document.errors.length > 0) {
      return {
        problems: document.errors.map(
          (error): YamlProblem => ({
            kind: "not-yaml",
            line: error.linePos?.[0].line ?? 1,
            reason: reasonOf(error.message),
          }),
        ),
      };
    }
    // Few aliases suffice for anything meant; many are an attempt to fill the memory.
    return { value: document.toJS({ maxAliasCount: 20, reviver: plain }) as unknown };
  } catch {
    return { problems: [{ kind: "unreadable" }] };
  }
}

function plain(key: unknown, value: unknown): unknown {
  if (isShadowing(String(key))) throw new Error(`${String(key)} is no key of ours`);
  return typeof value === "string" ? wellFormedText(value) : value;
}

/** Brackets and indentation nest; counting both, generously, is enough to refuse what only an attacker writes. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "[" || character === "{") depth += 1;
    if ((character === "]" || character === "}") && depth > 0) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return /^(?:[ \t]{200}|(?:- ?){50})/m.test(text);
}

/** The parser's own sentence, without the picture of the place that follows it. */
function reasonOf(message: string): string {
  return (
    message
      .split(/ at line \d+|\n/)[0]
      ?.trim()
      .replace(/[.:]$/, "") ?? ""
  );
}
