/**
 * Reads the body of an answer as UTF-8, at most so many bytes; of one that is longer no more is read, and the error of
 * `tooLong` is thrown.
 */
export async function boundedText(
  body: AsyncIterable<Uint8Array> | null,
  mostBytes: number,
  tooLong: () => Error = () => new Error("the answer is too long"),
): Promise<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let bytes = 0;
  let text = "";
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > mostBytes) throw tooLong();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
