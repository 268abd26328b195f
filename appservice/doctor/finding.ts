/**
 * The finding of one look. `problem`: the service cannot do its work so. `warning`: it can, and somebody will be
 * unhappy.
 */
export type Finding = {
  readonly state: "in-order" | "warning" | "problem" | "not-looked-at";
  readonly what: string;
  /** Remedy for the admin; empty where nothing needs doing. */
  readonly remedy: string;
};

export const inOrder = (what: string): Finding => ({ state: "in-order", what, remedy: "" });
export const warning = (what: string, remedy: string): Finding => ({ state: "warning", what, remedy });
export const problem = (what: string, remedy: string): Finding => ({ state: "problem", what, remedy });
export const notLookedAt = (what: string, remedy = ""): Finding => ({ state: "not-looked-at", what, remedy });

/** An address as it may be printed: some put a password into it. */
export function shown(address: string): string {
  const url = new URL(address);
  [url.username, url.password] = ["", ""];
  return url.href.replace(/\/$/, "");
}

/** Why a request failed, in words that hold no address and no token. */
export function reasonOf(error: unknown): string {
  const { code, name, cause, message } = error as {
    code?: unknown;
    name?: string;
    cause?: { code?: unknown };
    message?: string;
  };
  if (name === "TimeoutError") return "no answer in time";
  const known = cause?.code ?? code;
  // A system's own codes say more than the sentence around them; our own errors have a sentence.
  return typeof known === "string" && /^[A-Z][A-Z0-9_]+$/.test(known) ? known : (message ?? String(error));
}
