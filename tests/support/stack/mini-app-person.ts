import { expect } from "vitest";
import type { BrowserPerson } from "./browser-person.ts";

/** Put into a page before its own scripts: the object by which the apps of phones talk with a Mini App. */
export const TELEGRAM_WEB_VIEW = `
  globalThis.told = [];
  globalThis.TelegramWebviewProxy = { postEvent: (type, data) => told.push([type, JSON.parse(data || "null")]) };
`;

type MainButton = { readonly text: string; readonly is_visible: boolean; readonly is_active: boolean };

/** The address of a Mini App as Telegram's apps open it. */
export function miniAppAddress(url: string, initData: string): string {
  const behind = new URLSearchParams({ tgWebAppData: initData, tgWebAppVersion: "9.1", tgWebAppPlatform: "android" });
  return `${url}/widget/#${behind.toString()}`;
}

/** Somebody in the Mini App, whose main button is the app's own and stands outside of the page. */
export class MiniAppPerson {
  readonly browser: BrowserPerson;

  constructor(browser: BrowserPerson) {
    this.browser = browser;
  }

  /** Presses until the page has taken it: what the app draws may be a moment behind the page. */
  async join(): Promise<void> {
    await this.#pressUntil("device-check");
    await this.#pressUntil("leave");
  }

  async hasTheWord(within = 120_000): Promise<void> {
    await expect
      .poll(() => this.#main(), { timeout: within })
      .toMatchObject({ text: expect.stringMatching(/^(Pass the word|Передать слово)$/), is_active: true });
  }

  async pass(): Promise<void> {
    await this.hasTheWord();
    await this.#press();
  }

  say(clip: Uint8Array): Promise<void> {
    return this.browser.say(clip);
  }

  async #pressUntil(shown: string): Promise<void> {
    await expect
      .poll(
        async () => {
          if ((await this.browser.widget.getByTestId(shown).count()) > 0) return true;
          const main = await this.#main();
          if (main?.is_visible && main.is_active) await this.#press();
          return false;
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toBe(true);
  }

  async #main(): Promise<MainButton | undefined> {
    const told = (await this.browser.page.evaluate("told")) as [string, MainButton][];
    return told.findLast(([type]) => type === "web_app_setup_main_button")?.[1];
  }

  #press(): Promise<unknown> {
    return this.browser.page.evaluate('Telegram.WebView.receiveEvent("main_button_pressed", undefined)');
  }
}
