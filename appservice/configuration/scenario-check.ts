import type { z } from "zod";
import { Scenario } from "../circle/scenario.ts";
import type { CheckedScenario, ScenarioProblem } from "../circle/scenario-problem.ts";
import { valueOfYaml, type YamlProblem } from "./yaml-text.ts";

/** A scenario as YAML, by the same rules as the built-in ones. Every problem is found at once. */
export function checkScenarioText(text: string): CheckedScenario {
  const read = valueOfYaml(text);
  return "problems" in read ? { problems: read.problems.map(fromYaml) } : checkScenario(read.value);
}

/** The same for the parsed form, as a room's state has it. */
export function checkScenario(value: unknown): CheckedScenario {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { problems: [{ key: "", kind: "not-keys", values: {} }] };
  const parsed = Scenario.safeParse(value, { reportInput: true });
  return parsed.success ? { scenario: parsed.data } : { problems: parsed.error.issues.flatMap(fromIssue) };
}

function fromYaml({ kind, ...values }: YamlProblem): ScenarioProblem {
  return { key: "", kind, values };
}

type Issue = z.core.$ZodIssue;

function fromIssue(issue: Issue): ScenarioProblem[] {
  const key = pathOf(issue.path);
  const problem = (kind: ScenarioProblem["kind"], values: ScenarioProblem["values"] = {}): ScenarioProblem[] => [
    { key, kind, values },
  ];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map(
      (unknown): ScenarioProblem => ({ key: pathOf([...issue.path, unknown]), kind: "unknown-key", values: {} }),
    );
  if (issue.code !== "custom" && issue.input === undefined) return problem("missing");
  switch (issue.code) {
    case "invalid_type":
      return problem("wrong-kind", { expected: issue.expected });
    case "too_small":
      return isNumber(issue.origin) ? problem("too-small", { least: Number(issue.minimum) }) : problem("too-short");
    case "too_big":
      return isNumber(issue.origin)
        ? problem("too-big", { most: Number(issue.maximum) })
        : problem("too-long", { most: Number(issue.maximum) });
    case "invalid_value":
      return problem("one-of", { values: issue.values.map(String).join(", ") });
    case "invalid_format":
      return problem("bad-id");
    case "invalid_union":
      return problem(issue.path.at(-1) === "order" ? "bad-order" : "bad-text");
    case "custom":
      return problem("no-such-circle");
    default:
      return problem("wrong");
  }
}

function isNumber(origin: string): boolean {
  return origin === "number" || origin === "int" || origin === "bigint";
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
