import { z } from "zod";
import { timeLimit } from "../time/time.ts";

/** Bytes of a file in the homeserver's media, or the reason why they are not to be had. */
export type Downloaded = Uint8Array | "too-large" | "not-loaded";

const TIMEOUT_MS = 30_000;

/** Bytes that a picture of somebody has at most. */
export const PICTURE_BYTES = 200_000;

/** Reads what a request answers with, and no more than `most` bytes of it, whatever its headers say. */
export async function download(address: URL, token: string | null, most: number): Promise<Downloaded> {
  const stop = new AbortController();
  try {
    const response = await fetch(address, {
      headers: token === null ? {} : { Authorization: `Bearer ${token}` },
      redirect: "error",
      signal: AbortSignal.any([stop.signal, timeLimit(TIMEOUT_MS)]),
    });
    if (!response.ok || !response.body) return "not-loaded";
    if (Number(response.headers.get("content-length") ?? 0) > most) return "too-large";
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of response.body) {
      bytes += part.byteLength;
      if (bytes > most) return "too-large";
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch {
    return "not-loaded";
  } finally {
    stop.abort();
  }
}

/**
 * Address of an uploaded file, and whether it was encrypted for its room; or the status with which it is refused for
 * good.
 */
export type Uploaded =
  | { readonly mxc: string; readonly encrypted?: true }
  | { readonly refused: number; readonly errcode: string };

const Answer = z.object({ content_uri: z.string().regex(/^mxc:\/\//) });
const Refusal = z.object({ errcode: z.string() }).catch({ errcode: "M_UNKNOWN" });

/**
 * Uploads a file. A refusal for its size, their number or a missing right would come again, and is returned; one that
 * may pass (429, 5xx, no connection) is thrown.
 */
export async function upload(address: URL, token: string, bytes: Uint8Array, type: string): Promise<Uploaded> {
  const response = await fetch(address, {
    method: "POST",
    body: Buffer.from(bytes),
    headers: { Authorization: `Bearer ${token}`, "Content-Type": type },
    redirect: "error",
    signal: timeLimit(TIMEOUT_MS),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return { mxc: Answer.parse(answer).content_uri };
  if (response.status < 500 && response.status !== 429 && response.status !== 401)
    return { refused: response.status, errcode: Refusal.parse(answer).errcode };
  throw new Error(`the homeserver's media answered ${response.status}`);
}

/** `mxc://server/id`, where both parts are plain enough to stand in a path. */
export function mediaPath(url: string): string | null {
  return pathOf("download", url);
}

/** The same as a small square picture, which the homeserver makes. */
export function thumbnailPath(url: string, pixels: number): string | null {
  const path = pathOf("thumbnail", url);
  return path && `${path}?width=${pixels}&height=${pixels}&method=crop`;
}

function pathOf(what: "download" | "thumbnail", url: string): string | null {
  const [, server, id] = /^mxc:\/\/([\w.:[\]-]+)\/([\w-]+)$/.exec(url) ?? [];
  return server && id
    ? `/_matrix/client/v1/media/${what}/${encodeURIComponent(server)}/${encodeURIComponent(id)}`
    : null;
}

const KINDS: readonly { readonly type: string; readonly begins: readonly number[] }[] = [
  { type: "image/png", begins: [0x89, 0x50, 0x4e, 0x47] },
  { type: "image/jpeg", begins: [0xff, 0xd8, 0xff] },
  { type: "image/gif", begins: [0x47, 0x49, 0x46, 0x38] },
  { type: "image/webp", begins: [0x52, 0x49, 0x46, 0x46] },
];

/** Type of a picture by its first bytes, whatever it is said to be: a picture with a program in it (SVG) is none. */
export function pictureType(bytes: Uint8Array): string | null {
  return KINDS.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte))?.type ?? null;
}

/** A picture as a `data:` address; null where there is none that can be shown. */
export function shownPicture(bytes: Downloaded): string | null {
  const type = typeof bytes === "string" ? null : pictureType(bytes);
  return typeof bytes === "string" || type === null
    ? null
    : `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
}
