import type { Page } from "playwright-core";

export type Interaction = { readonly name: string; readonly ms: number };

/** The browser tells of interactions from this time on alone; a quicker one counts as this. */
const QUICKEST_MS = 16;

const WATCH = `globalThis.felt = []; new PerformanceObserver((list) => {
  for (const { interactionId, duration } of list.getEntries()) if (interactionId) felt.push({ interactionId, duration });
}).observe({ type: "event", durationThreshold: ${QUICKEST_MS}, buffered: false });`;

/** Resolves when what was pressed is painted and the browser has told of it. */
const PAINTED =
  "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50))))";

/**
 * Presses what a person would press, and notes how long each took from the press to the next paint: what INP is made
 * of.
 */
export class Presser {
  readonly #page: Page;
  readonly #where: string;
  readonly felt: Interaction[] = [];

  private constructor(page: Page, where: string) {
    this.#page = page;
    this.#where = where;
  }

  /** From now on the page's processor is so many times slower. */
  static async on(page: Page, where: string, slower: number): Promise<Presser> {
    await page.evaluate(WATCH);
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    return new Presser(page, where);
  }

  /** The first that the selector finds. */
  async click(selector: string): Promise<void> {
    await this.#page.locator(selector).first().scrollIntoViewIfNeeded();
    await this.#do(`click ${selector}`, () => this.#page.locator(selector).first().click());
  }

  async test(...testIds: string[]): Promise<void> {
    for (const id of testIds) await this.click(`[data-testid="${id}"]`);
  }

  shows(testId: string): Promise<boolean> {
    return this.#page.getByTestId(testId).first().isVisible();
  }

  async key(key: string, times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1) await this.#do(`key ${key}`, () => this.#page.keyboard.press(key));
  }

  /** Letter by letter, into what has the focus. */
  async type(selector: string, text: string): Promise<void> {
    await this.#page.locator(selector).focus();
    for (const letter of text)
      await this.#do(`letter in ${selector}`, () => this.#page.keyboard.press(letter === " " ? "Space" : letter));
  }

  async #do(name: string, press: () => Promise<void>): Promise<void> {
    await this.#page.evaluate("felt.length = 0");
    await press();
    await this.#page.evaluate(PAINTED);
    const entries = (await this.#page.evaluate("felt")) as { interactionId: number; duration: number }[];
    this.felt.push({
      name: `${this.#where}: ${name}`,
      ms: Math.max(QUICKEST_MS, ...entries.map(({ duration }) => duration)),
    });
  }
}
