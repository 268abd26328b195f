import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** Joins files into one and gives its hash. */
export async function joined(parts: readonly string[], whole: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(async function* () {
    for (const part of parts) {
      for await (const chunk of createReadStream(part) as AsyncIterable<Buffer>) {
        hash.update(chunk);
        yield chunk;
      }
    }
  }, createWriteStream(whole));
  return hash.digest("hex");
}
