/** Of a file in the homeserver's media: its bytes, or why they are not to be had. */
export type Downloaded = Uint8Array | "too-large" | "not-loaded";

const TIMEOUT_MS = 30_000;

/** Reads what a request answers with, and no more than `most` bytes of it, whatever its headers say. */
export async function download(address: URL, token: string, most: number): Promise<Downloaded> {
  const stop = new AbortController();
  try {
    const response = await fetch(address, {
      headers: { Authorization: `Bearer ${token}` },
      redirect: "error",
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT_MS)]),
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
  return server && id ? `/_matrix/client/v1/media/${what}/${encodeURIComponent(server)}/${encodeURIComponent(id)}` : null;
}

const KINDS: readonly { readonly type: string; readonly begins: readonly number[] }[] = [
  { type: "image/png", begins: [0x89, 0x50, 0x4e, 0x47] },
  { type: "image/jpeg", begins: [0xff, 0xd8, 0xff] },
  { type: "image/gif", begins: [0x47, 0x49, 0x46, 0x38] },
  { type: "image/webp", begins: [0x52, 0x49, 0x46, 0x46] },
];

/** By its first bytes, whatever it is said to be: a picture with a program in it (SVG) is none. */
export function pictureType(bytes: Uint8Array): string | null {
  return KINDS.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte))?.type ?? null;
}
