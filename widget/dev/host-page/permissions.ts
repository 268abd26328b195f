import { z } from "zod";
import { Store } from "../../src/model/store.ts";
import { keepText, keptText } from "../../src/model/preferences/kept-text.ts";

/** The page's answer to a widget's question: yes at once, no at once, or the person's own, who is asked in a dialog. */
export const Answering = z.enum(["yes", "refuse", "late"]).catch("yes");
export type Answering = z.infer<typeof Answering>;

export type PermissionQuestion =
  | { readonly about: "load" | "identity" }
  | { readonly about: "capabilities"; readonly capabilities: readonly string[] };

export type PermissionAnswer = { readonly yes: boolean; readonly remember: boolean };

type Asked = { readonly question: PermissionQuestion | null };

const Kept = z
  .object({ load: z.boolean(), identity: z.boolean(), capabilities: z.array(z.string()) })
  .partial()
  .catch({});
type Kept = z.infer<typeof Kept>;

/**
 * Permissions of the widget, asked as Element asks: three questions, each of which can be remembered. Of the
 * capabilities the list of the last request alone is remembered.
 */
export class WidgetPermissions extends Store<Asked> {
  readonly #answering: Answering;
  readonly #place: string;
  #answer: ((answer: PermissionAnswer) => void) | null = null;
  #asking: Promise<unknown> = Promise.resolve();

  constructor(answering: Answering, userId: string) {
    super({ question: null });
    this.#answering = answering;
    this.#place = `mindminder.host-page.${userId}`;
  }

  readonly mayLoad = (): Promise<boolean> => this.#once("load");

  readonly mayKnowIdentity = (): Promise<boolean> => this.#once("identity");

  async capabilities(requested: ReadonlySet<string>): Promise<Set<string>> {
    const approved = new Set(this.#kept.capabilities);
    const missing = [...requested].filter((capability) => !approved.has(capability));
    if (missing.length === 0) return new Set(requested);
    const { yes, remember } = await this.#ask({ about: "capabilities", capabilities: missing });
    const allowed = [...requested].filter((capability) => approved.has(capability) || yes);
    if (remember) this.#keep({ capabilities: allowed });
    return new Set(allowed);
  }

  answer(answer: PermissionAnswer): void {
    this.#answer?.(answer);
  }

  async #once(about: "load" | "identity"): Promise<boolean> {
    if (this.#kept[about]) return true;
    const { yes, remember } = await this.#ask({ about });
    if (yes && remember) this.#keep({ [about]: true });
    return yes;
  }

  /** One question after another. */
  #ask(question: PermissionQuestion): Promise<PermissionAnswer> {
    if (this.#answering !== "late")
      return Promise.resolve({ yes: this.#answering === "yes" || question.about !== "capabilities", remember: false });
    const answered = this.#asking.then(async () => {
      const answer = await new Promise<PermissionAnswer>((resolve) => {
        this.#answer = resolve;
        this.set({ question });
      });
      this.#answer = null;
      this.set({ question: null });
      return answer;
    });
    this.#asking = answered;
    return answered;
  }

  get #kept(): Kept {
    try {
      return Kept.parse(JSON.parse(keptText(this.#place) ?? "{}"));
    } catch {
      return {};
    }
  }

  #keep(change: Kept): void {
    keepText(this.#place, JSON.stringify({ ...this.#kept, ...change }));
  }
}
