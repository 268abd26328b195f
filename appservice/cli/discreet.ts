import { isDroppedTwice } from "../call/dropped-twice.ts";
import { withoutSecrets } from "../protocol/without-secrets.ts";

let known: readonly string[] = [];

/** Keeps these secrets, from now on, out of all that a command says of itself. */
export function keepSecret(secrets: readonly string[]): void {
  known = [...known, ...secrets];
}

/** A text of ours, or of a server's, as it may stand on a screen. */
export function discreet(text: string): string {
  return withoutSecrets(text, known);
}

/**
 * Blots secrets out of all that a command says of a failure: on standard error, and in uncaught errors, which Node
 * would print by itself. Standard output, with the record or table that was asked for, stays as it is.
 */
export function beDiscreet(): void {
  const write = process.stderr.write.bind(process.stderr) as (text: string) => boolean;
  process.stderr.write = ((text: unknown, ...further: unknown[]) => {
    const written = write(discreet(typeof text === "string" ? text : Buffer.from(text as Uint8Array).toString("utf8")));
    const done = further.findLast((each) => typeof each === "function") as (() => void) | undefined;
    done?.();
    return written;
  }) as typeof process.stderr.write;
  process.on("uncaughtException", (error) => {
    if (isDroppedTwice(error)) return;
    process.stderr.write(`${error instanceof Error ? (error.stack ?? String(error)) : String(error)}\n`);
    process.exit(1);
  });
}
