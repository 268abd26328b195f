/** A value of JSON that has them as keys of its own throws when it is compared or printed, in a schema, too. */
const SHADOWED: ReadonlySet<string> = new Set(["toString", "valueOf", "toJSON", "__proto__"]);

export function isShadowing(key: string): boolean {
  return SHADOWED.has(key);
}

/** Tells whether a JSON text may have such a key: whoever wrote it themselves need not go through what they read. */
export function mayShadow(text: string): boolean {
  return [...SHADOWED].some((key) => text.includes(`"${key}":`));
}

/**
 * Signs that turn whatever stands behind them, also what others wrote: embeddings, overrides, isolates (UAX 9). Marks
 * that turn nothing else stay.
 */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

export function unturned(text: string): string {
  return text.replace(TURNING, "");
}

/**
 * Half of a character (a lone surrogate), which JSON can name and UTF-8 cannot hold, becomes U+FFFD: a homeserver
 * answers an event with one by 500 forever. Signs that turn the direction of the text behind them are left out.
 */
export function wellFormedText(text: string): string {
  return unturned(text.toWellFormed());
}

type Holder = unknown[] | Record<string, unknown>;

/**
 * Mends what was read of JSON, in its place, for all that strangers had a hand in: its texts, as `wellFormedText` does,
 * and keys that stand in for what every object can do, which are left out. Goes through it without a call for each
 * value, which takes a hundred times as long where somebody has sent many small ones.
 */
export function mended(read: unknown): unknown {
  const root = { read };
  const holders: Holder[] = [root];
  for (let holder = holders.pop(); holder; holder = holders.pop()) {
    if (Array.isArray(holder)) mendList(holder, holders);
    else mendObject(holder, holders);
  }
  return root.read;
}

function mendList(list: unknown[], holders: Holder[]): void {
  for (let i = 0; i < list.length; i++) {
    const value = list[i];
    if (typeof value === "string") list[i] = wellFormedText(value);
    else if (isHolder(value)) holders.push(value);
  }
}

function mendObject(object: Record<string, unknown>, holders: Holder[]): void {
  for (const key of Object.keys(object)) {
    if (SHADOWED.has(key)) {
      delete object[key];
      continue;
    }
    const value = object[key];
    if (typeof value === "string") object[key] = wellFormedText(value);
    else if (isHolder(value)) holders.push(value);
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === "object" && value !== null;
}
