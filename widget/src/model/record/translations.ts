import type { Language, MeetingId } from "@mindminder/protocol/identity.ts";
import type { TranslationFailure } from "@mindminder/protocol/translation.ts";
import type { ServiceClient } from "../service/service-client.ts";
import { Store } from "../store.ts";

type Translate = ServiceClient["translate"];
type Wanted = { readonly meeting: MeetingId; readonly to: Language; readonly texts: readonly string[] };
type Found = {
  readonly text: string | null;
  readonly model: string | null;
  readonly failed: TranslationFailure | null;
};

/** Texts in one request, as the service takes them. */
const AT_ONCE = 20;
const LONGEST = 2_000;
/** Time in which texts that are drawn together are gathered into one request. */
const GATHER_MS = 50;
/** Time after which one that failed is asked for again when it is drawn. */
const AGAIN_MS = 60_000;

/** Translations of this page: each text is asked for once, those that are drawn together in one request. */
export class Translations extends Store<{ readonly version: number }> {
  readonly #found = new Map<string, Found & { readonly at: number }>();
  readonly #waiting = new Map<string, Wanted & { readonly translate: Translate }>();
  #asking = false;

  constructor() {
    super({ version: 0 });
  }

  of(meeting: MeetingId, to: Language, text: string): Found | undefined {
    return this.#found.get(keyOf(meeting, to, text));
  }

  want({ meeting, to, texts }: Wanted, translate: Translate): void {
    const now = performance.now();
    for (const text of texts) {
      const key = keyOf(meeting, to, text);
      const known = this.#found.get(key);
      const isOver = known && (known.failed === null || now - known.at < AGAIN_MS);
      if (text.trim() !== "" && text.length <= LONGEST && !isOver)
        this.#waiting.set(key, { meeting, to, texts: [text], translate });
    }
    if (!this.#asking && this.#waiting.size > 0) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    for (let next = this.#next(); next; next = this.#next()) {
      const { meeting, to, texts, translate } = next;
      const answer = await translate({ meeting, to, texts: [...texts] }).catch(() => null);
      texts.forEach((text, at) => {
        const found = answer?.texts[at] ?? null;
        const failed = found === null ? (answer ? answer.failed : ("model-failed" as const)) : null;
        this.#found.set(keyOf(meeting, to, text), {
          text: found,
          model: answer?.model ?? null,
          failed,
          at: performance.now(),
        });
      });
      this.set({ version: this.get().version + 1 });
    }
    this.#asking = false;
  }

  /** Takes as many waiting texts of one meeting and language as go into a request. */
  #next(): (Wanted & { readonly translate: Translate }) | null {
    const [first] = this.#waiting.values();
    if (!first) return null;
    const texts: string[] = [];
    for (const [key, { meeting, to, texts: own }] of this.#waiting) {
      if (meeting !== first.meeting || to !== first.to || texts.length >= AT_ONCE) continue;
      texts.push(...own);
      this.#waiting.delete(key);
    }
    return { ...first, texts };
  }
}

function keyOf(meeting: MeetingId, to: Language, text: string): string {
  return `${meeting} ${to} ${text}`;
}
