import type { Scenario } from "./scenario.ts";

/** Something wrong in a scenario, as data: the part that tells people has the words for it in their language. */
export type ScenarioProblem = {
  /** Path of the key, such as `circles[0].theme`; empty where it concerns the whole. */
  readonly key: string;
  readonly kind:
    | "too-large"
    | "not-yaml"
    | "unreadable"
    | "not-keys"
    | "unknown-key"
    | "missing"
    | "wrong-kind"
    | "too-small"
    | "too-big"
    | "too-short"
    | "too-long"
    | "one-of"
    | "bad-id"
    | "bad-text"
    | "bad-order"
    | "no-such-circle"
    | "wrong";
  readonly values: Readonly<Record<string, string | number>>;
};

export type CheckedScenario = { readonly scenario: Scenario } | { readonly problems: readonly ScenarioProblem[] };

/** Scenarios come as YAML, or as the object that a room's state holds. */
export type CheckScenario = {
  readonly text: (yaml: string) => CheckedScenario;
  readonly value: (value: unknown) => CheckedScenario;
};
