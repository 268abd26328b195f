const FORGET_AFTER_MS = 60_000;

/** Offers something as a file, by a link: the one way that works inside a client's frame, too. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FORGET_AFTER_MS);
}
