import {
  createDecipheriv,
  createECDH,
  createHmac,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  randomUUID,
  verify,
} from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { NudgeAddress } from "../../../appservice/protocol/nudges.ts";
import type { Certified } from "./certificates.ts";

/** Length of a public key of P-256, and of the salt, the size and the length that stand before it. */
const [KEY_BYTES, SALT_BYTES, HEAD_BYTES] = [65, 16, 21];
const TAG_BYTES = 16;

type Browser = { readonly keys: ECDH; readonly auth: Buffer; readonly path: string; gone: boolean };

/** A message as the browser that it was sent to reads it, and what the push service sees of it. */
export type Pushed = {
  readonly to: NudgeAddress;
  readonly text: string;
  readonly body: Buffer;
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
  readonly ttl: string | undefined;
};

/**
 * A push service (RFC 8030) that no browser's maker runs: it reads what it is given as the browser would, and checks
 * who sends it.
 */
export class PushService {
  readonly pushed: Pushed[] = [];
  readonly #server: Server;
  readonly #browsers = new Map<string, Browser>();

  constructor({ certificate, key }: Certified) {
    this.#server = createServer({ cert: certificate, key }, (request, response) => void this.#take(request, response));
  }

  async start(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return this;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A browser that wants to be reached. */
  subscribe(): NudgeAddress {
    const [keys, auth, path] = [createECDH("prime256v1"), randomBytes(16), `/send/${randomUUID()}`];
    keys.generateKeys();
    this.#browsers.set(path, { keys, auth, path, gone: false });
    return this.#addressOf({ keys, auth, path });
  }

  /** The browser takes nothing any more. */
  unsubscribe({ endpoint }: NudgeAddress): void {
    const browser = this.#browsers.get(new URL(endpoint).pathname);
    if (browser) browser.gone = true;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #addressOf({ keys, auth, path }: Pick<Browser, "keys" | "auth" | "path">): NudgeAddress {
    const [p256dh, secret] = [keys.getPublicKey("base64url"), auth.toString("base64url")];
    return { endpoint: `${this.url}${path}`, keys: { p256dh, auth: secret } };
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const browser = this.#browsers.get(request.url ?? "");
    if (!browser || browser.gone) return void response.writeHead(browser ? 410 : 404).end();
    const claims = claimsIn(request.headers.authorization ?? "");
    if (claims === null) return void response.writeHead(401).end();
    const ttl = request.headers["ttl"];
    this.pushed.push({ to: this.#addressOf(browser), text: read(body, browser), body, claims, ttl: String(ttl) });
    response.writeHead(201).end();
  }
}

/** Decrypts a message of one record (RFC 8291, with RFC 8188's coding `aes128gcm`). */
function read(body: Buffer, { keys, auth }: Browser): string {
  const salt = body.subarray(0, SALT_BYTES);
  const sender = body.subarray(HEAD_BYTES, HEAD_BYTES + KEY_BYTES);
  const own = keys.getPublicKey();
  const shared = keys.computeSecret(sender);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), own, sender]);
  const key = createHmac("sha256", createHmac("sha256", auth).update(shared).digest())
    .update(Buffer.concat([info, Buffer.from([1])]))
    .digest();
  const derived = (what: string, length: number) =>
    Buffer.from(hkdfSync("sha256", key, salt, Buffer.from(`Content-Encoding: ${what}\0`), length));
  const record = body.subarray(HEAD_BYTES + KEY_BYTES);
  const cipher = createDecipheriv("aes-128-gcm", derived("aes128gcm", 16), derived("nonce", 12));
  cipher.setAuthTag(record.subarray(-TAG_BYTES));
  const padded = Buffer.concat([cipher.update(record.subarray(0, -TAG_BYTES)), cipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8");
}

/** Claims of the sender (VAPID, RFC 8292); null where the signature is not that of the key that stands beside it. */
function claimsIn(authorization: string): Pushed["claims"] | null {
  const [, token = "", key = ""] = /^vapid t=([^,\s]+), ?k=(\S+)$/.exec(authorization) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  if (point.length !== KEY_BYTES) return null;
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const known = createPublicKey({ key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" }, format: "jwk" });
  const by = { key: known, dsaEncoding: "ieee-p1363" as const };
  const isTheirs = verify("sha256", Buffer.from(`${head}.${claims}`), by, Buffer.from(signature, "base64url"));
  return isTheirs ? (JSON.parse(Buffer.from(claims, "base64url").toString()) as Pushed["claims"]) : null;
}
