const TYPES: Readonly<Record<string, string>> = { svg: "image/svg+xml", json: "application/json", graphml: "application/graphml+xml" };
const FORGET_AFTER_MS = 60_000;

/** Offers something as a file, by a link: the one way that works inside a client's frame, too. */
export function save(content: string | Blob, name: string): void {
  const blob = typeof content === "string" ? new Blob([content], { type: TYPES[name.split(".").at(-1) ?? ""] ?? "text/plain" }) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FORGET_AFTER_MS);
}
