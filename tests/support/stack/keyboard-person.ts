import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import type { BrowserPerson } from "./browser-person.ts";

type Role = Parameters<FrameLocator["getByRole"]>[0];
type Name = string | RegExp;

/** More presses than any screen of the widget has places to stop at. */
const STOPS_AT_MOST = 60;

/**
 * Somebody who sees nothing and holds no mouse: finds what is there by its role and name, as a screen reader offers it,
 * reaches it by the Tab key alone, and hears what the page's live regions say.
 */
export class KeyboardPerson {
  readonly #page: Page;
  readonly #widget: BrowserPerson["widget"];

  private constructor({ page, widget }: BrowserPerson) {
    this.#page = page;
    this.#widget = widget;
  }

  /** Begins to listen before anything is pressed, so that nothing said is missed. */
  static async take(person: BrowserPerson): Promise<KeyboardPerson> {
    await person.widget.locator(".sitting").waitFor();
    const listen = await readFile(join(import.meta.dirname, "live-regions.js"), "utf8");
    await person.widget.locator("body").evaluate(listen);
    return new KeyboardPerson(person);
  }

  find(role: Role, name: Name): Locator {
    return this.#widget.getByRole(role, { name, ...(typeof name === "string" && { exact: true }) });
  }

  /** Goes on by the Tab key until the focus is there; it may be disabled as yet. */
  async reach(role: Role, name: Name): Promise<void> {
    const target = this.find(role, name).first();
    await target.waitFor();
    for (let stops = 0; stops < STOPS_AT_MOST; stops += 1) {
      if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await this.#page.keyboard.press("Tab");
    }
    throw new Error(`${role} “${String(name)}” is not reached by the Tab key`);
  }

  async press(role: Role, name: Name, key: "Enter" | "Space" = "Enter"): Promise<void> {
    await this.reach(role, name);
    await this.find(role, name).and(this.#widget.locator(":not([aria-disabled=true], :disabled)")).first().waitFor();
    await this.#page.keyboard.press(key);
  }

  /** Picks one of a group of radio buttons by the arrow keys. */
  async choose(name: string): Promise<void> {
    const wanted = this.find("radio", this.begins(name));
    await wanted.waitFor();
    for (let stops = 0; stops < STOPS_AT_MOST && !(await wanted.isChecked()); stops += 1) {
      const amongThem = await this.#widget.locator("input[type=radio]:focus").count();
      await this.#page.keyboard.press(amongThem > 0 ? "ArrowDown" : "Tab");
    }
  }

  /** A name of which only the beginning is known; behind it stand facts. */
  begins(name: string): RegExp {
    return new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async key(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  /** All that the live regions have said since the beginning, a line each time. */
  heard(): Promise<string> {
    return this.#widget.locator("body").evaluate(() => (globalThis as unknown as { heard: string[] }).heard.join("\n"));
  }

  /** Name of the focused element, as a screen reader would say it; empty where nothing has the focus. */
  focus(): Promise<string> {
    return this.#widget.locator("body").evaluate((body) => {
      const { activeElement: at } = body.ownerDocument;
      return !at || at === body ? "" : (at.getAttribute("aria-label") ?? at.textContent ?? at.tagName).trim();
    });
  }
}
