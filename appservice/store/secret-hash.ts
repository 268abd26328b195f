import { createHash } from "node:crypto";

/** Writes a secret (the code of a link, a token, the name of a browser) as the database keeps it: not readable back. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
