/** Version of Megolm's message format, and the tag of the index in it (Megolm, "Message format"). */
const VERSION = 3;
const INDEX_TAG = 0x08;
const MOST_BYTES = 5;

/**
 * Place of a message in its session, which stands before the ciphertext and is signed with it; null where there is
 * none.
 */
export function placeInSession(ciphertext: unknown): number | null {
  if (typeof ciphertext !== "string") return null;
  const [version, tag, ...rest] = Buffer.from(ciphertext.slice(0, 16), "base64");
  if (version !== VERSION || tag !== INDEX_TAG) return null;
  let index = 0;
  for (const [at, byte] of rest.slice(0, MOST_BYTES).entries()) {
    index += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return index;
  }
  return null;
}
