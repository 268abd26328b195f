import { createHmac } from "node:crypto";

/** HMAC-SHA256 of the timestamp, a full stop and the body: the holder of the secret sent just this, at that time. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}
