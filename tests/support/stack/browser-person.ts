import { join } from "node:path";
import type { Browser, BrowserContext, Frame, FrameLocator, Page } from "playwright-core";

const FAKE_MICROPHONE = join(import.meta.dirname, "fake-microphone.js");
const PLAYED_LOUDNESS = join(import.meta.dirname, "played-loudness.js");

export type BrowserPersonOptions = {
  /** By default a small laptop's, in which the widget has the size that it has in Element. */
  readonly viewport?: { width: number; height: number };
  readonly locale?: string;
  /** False: the circle is the page itself, as a link or a Mini App opens it, with no client around it. */
  readonly framed?: boolean;
  /** Scripts that are in the page before its own. */
  readonly scripts?: readonly string[];
};

/** A page asks for guests every four seconds: a look that crosses the end of the meeting, and of the right, is refused. */
const CROSSED = /status of 403 .*\/guests$/;

/** Somebody with a browser, the host page and the widget in it: clicks what a person would click, and has a voice. */
export class BrowserPerson {
  readonly page: Page;
  /** The circle, wherever it stands. */
  readonly widget: Pick<FrameLocator, "getByTestId" | "getByText" | "getByRole" | "locator">;
  readonly problems: string[];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, problems: string[], framed: boolean) {
    this.#context = context;
    this.page = page;
    this.widget = framed ? page.frameLocator("iframe") : page;
    this.problems = problems;
  }

  static async open(
    browser: Browser,
    link: string,
    { viewport = { width: 1280, height: 720 }, locale = "en", framed = true, scripts = [] }: BrowserPersonOptions = {},
  ): Promise<BrowserPerson> {
    const context = await browser.newContext({ viewport, locale });
    for (const path of [FAKE_MICROPHONE, PLAYED_LOUDNESS]) await context.addInitScript({ path });
    for (const content of scripts) await context.addInitScript({ content });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      const told = `${message.text()} ${message.location().url}`;
      if (message.type() === "error" && !CROSSED.test(told)) problems.push(told);
    });
    await page.goto(link);
    return new BrowserPerson(context, page, problems, framed);
  }

  async join(): Promise<void> {
    await this.widget.getByTestId("join").click();
    await this.widget.getByTestId("join-now").click();
    await this.widget.getByTestId("leave").waitFor();
  }

  /** Waits until the word is here. */
  async hasTheWord(within = 120_000): Promise<void> {
    await this.widget.getByTestId("pass").waitFor({ timeout: within });
  }

  /** `within`: time for the press itself, long where a language model has the machine. */
  async pass(within = 60_000): Promise<void> {
    await this.widget.getByTestId("pass").click({ timeout: within });
  }

  /** The record lies beside the ring where there is room, else it opens in its place. */
  async showRecord(shown: boolean): Promise<void> {
    const record = this.widget.getByTestId("record");
    if ((await record.isVisible()) !== shown)
      await this.widget
        .getByTestId("toggle-record")
        .or(this.widget.locator(".record-close"))
        .and(this.widget.locator(":visible"))
        .first()
        .click();
    await record.waitFor({ state: shown ? "visible" : "hidden" });
  }

  /** Says an encoded clip into the microphone; resolves when it is over. */
  async say(clip: Uint8Array): Promise<void> {
    const frame = this.#frame();
    await frame.evaluate(
      (base64) => (globalThis as unknown as { sayClip: (clip: string) => Promise<void> }).sayClip(base64),
      Buffer.from(clip).toString("base64"),
    );
  }

  /** Root mean square of the loudest moment that the widget plays meanwhile; 0: silence, or all is muted. */
  loudness(withinMs = 500): Promise<number> {
    return this.#frame().evaluate(
      (ms) => (globalThis as unknown as { playedLoudness: (ms: number) => Promise<number> }).playedLoudness(ms),
      withinMs,
    );
  }

  /** People in the ring as this page shows them: who, and how it stands with them. */
  async ring(): Promise<{ who: string | null; state: string | null }[]> {
    const seats = await this.widget.locator(".ring [data-participant]").all();
    const shown = await Promise.all(
      seats.map(async (seat) => ({
        who: await seat.getAttribute("data-participant"),
        state: await seat.getAttribute("data-state"),
      })),
    );
    return shown.sort((one, other) => String(one.who).localeCompare(String(other.who)));
  }

  /** A picture of the widget alone. */
  async picture(): Promise<Buffer> {
    return this.page.locator("iframe").first().screenshot();
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  #frame(): Frame {
    const frame = this.page.frames().find((each) => each.url().includes("/widget/"));
    if (!frame) throw new Error("the widget is not on the page");
    return frame;
  }
}
