import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import type { ArchiveFile } from "./gather.ts";

/**
 * Packs files into a zip as they are gathered; what fails in between breaks the stream off, so that no half looks
 * whole.
 */
export function zipOf(files: AsyncIterable<ArchiveFile>, at: number): Readable {
  const zip = new ZipFile();
  const mtime = new Date(at);
  const packed = async () => {
    for await (const file of files) {
      // Sound is compressed already.
      if ("sound" in file)
        zip.addReadStreamLazy(file.name, { compress: false, mtime }, (give) => {
          file.sound().then(
            (sound) => give(null, Readable.from([sound ?? new Uint8Array(0)])),
            (error: unknown) => give(error, Readable.from([])),
          );
        });
      else zip.addBuffer(Buffer.from(file.text), file.name, { mtime });
    }
    zip.end();
  };
  const { outputStream } = zip;
  const breakOff = (error: unknown) => void outputStream.emit("error", error);
  zip.on("error", breakOff);
  packed().catch(breakOff);
  return outputStream as Readable;
}
