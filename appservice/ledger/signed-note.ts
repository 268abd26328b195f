import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/** Type of a key in a signed note: Ed25519. */
const ED25519 = 1;
/** Beginning of an Ed25519 key in PKCS #8 and in SPKI; the 32 bytes follow. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const ID_BYTES = 4;
const KEY_BYTES = 32;

/** Signs notes under a name, which has no blank and no plus. */
export type NoteSigner = { readonly name: string; readonly key: KeyObject };

export function noteSigner(name: string, seed: Uint8Array): NoteSigner {
  return { name, key: createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" }) };
}

/** Public key as verifiers of signed notes take it: `NAME+ID+KEY`. */
export function verifierKey({ name, key }: NoteSigner): string {
  const known = typedKey(rawKey(key));
  return `${name}+${keyId(name, known).toString("hex")}+${known.toString("base64")}`;
}

/** A note with its signature (C2SP signed-note). The text ends with a line break. */
export function signedNote(text: string, { name, key }: NoteSigner): string {
  const id = keyId(name, typedKey(rawKey(key)));
  const signature = Buffer.concat([id, sign(null, Buffer.from(text, "utf8"), key)]);
  return `${text}\n— ${name} ${signature.toString("base64")}\n`;
}

/** Text of a note that this key signed; null: it did not. */
export function openNote(note: string, verifier: string): string | null {
  const known = parseVerifier(verifier);
  const end = note.lastIndexOf("\n\n");
  if (!known || end < 0) return null;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split("\n");
  const signed = lines.some((line) => {
    const [dash, name, base64 = ""] = line.split(" ");
    const bytes = Buffer.from(base64, "base64");
    const isTheirs = dash === "—" && name === known.name && bytes.subarray(0, ID_BYTES).equals(known.id);
    return isTheirs && verify(null, Buffer.from(text, "utf8"), known.key, bytes.subarray(ID_BYTES));
  });
  return signed ? text : null;
}

function parseVerifier(text: string): { name: string; id: Buffer; key: KeyObject } | null {
  const [name = "", id = "", ...rest] = text.split("+");
  // The key's own base64 may hold a plus.
  const typed = Buffer.from(rest.join("+"), "base64");
  const raw = typed.subarray(1);
  if (typed[0] !== ED25519 || raw.length !== KEY_BYTES || keyId(name, typed).toString("hex") !== id) return null;
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
  return { name, id: keyId(name, typed), key };
}

function rawKey(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(SPKI.length);
}

function typedKey(raw: Uint8Array): Buffer {
  return Buffer.concat([Uint8Array.of(ED25519), raw]);
}

function keyId(name: string, typed: Uint8Array): Buffer {
  return createHash("sha256").update(`${name}\n`).update(typed).digest().subarray(0, ID_BYTES);
}
