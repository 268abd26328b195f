/**
 * Canonical JSON (RFC 8785): keys in the order of their UTF-16 units, no blanks, numbers and strings as ECMAScript
 * writes them, which is what that standard takes over.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`);
    return `{${members.join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("JSON has no such number");
  const text = JSON.stringify(value);
  if (typeof text !== "string") throw new TypeError("JSON has no such value");
  return text;
}
