import type { StoredEvent, Upcaster } from "./upcast/upcaster.ts";

const FIRST = 1;

/** Versions of the types of events, and how an older one becomes the present one. */
export class EventVersions {
  readonly #steps = new Map<string, Upcaster["up"][]>();

  /** Throws where a step is missing, or stands there twice: that is a fault of this code. */
  constructor(upcasters: readonly Upcaster<string, string>[]) {
    for (const { kind, type, from, up } of upcasters.toSorted((one, other) => one.from - other.from)) {
      const key = keyOf(kind, type);
      const steps = this.#steps.get(key) ?? [];
      if (from !== FIRST + steps.length)
        throw new Error(`upcasters of ${type}: step ${from} does not follow ${FIRST + steps.length - 1}`);
      this.#steps.set(key, [...steps, up]);
    }
  }

  /** Version in which this type is written today. */
  presentOf(kind: string, type: string): number {
    return FIRST + (this.#steps.get(keyOf(kind, type))?.length ?? 0);
  }

  /** The same event in the present version; null where it is of a version that does not exist yet. */
  upcast(kind: string, v: number, event: StoredEvent): StoredEvent | null {
    const steps = this.#steps.get(keyOf(kind, String(event.type))) ?? [];
    if (v > FIRST + steps.length) return null;
    return steps.slice(v - FIRST).reduce((older, up) => up(older), event);
  }
}

function keyOf(kind: string, type: string): string {
  return `${kind} ${type}`;
}
