import { expect, test, vi } from "vitest";
import { ShellButtons } from "./shell-buttons.ts";

function app() {
  const [showMain, showBack] = [vi.fn(), vi.fn()];
  const none = () => undefined;
  const buttons = new ShellButtons({ showMain, showBack, feel: none, confirmClosing: none, openInBrowser: none });
  return { buttons, main: () => showMain.mock.lastCall?.[0]?.text ?? null, back: () => showBack.mock.lastCall?.[0] };
}
const button = (text: string, rank: number) => ({ text, rank, active: true, busy: false, press: () => undefined });

test("of several buttons the one that matters most is the app's, and the others stay in the page", () => {
  const { buttons, main } = app();
  buttons.offer("check", button("Join", 1));
  buttons.offer("bar", button("Pass the word", 2));
  expect([main(), buttons.get().main]).toEqual(["Pass the word", "bar"]);
  buttons.offer("bar", null);
  expect([main(), buttons.get().main]).toEqual(["Join", "check"]);
  buttons.offer("check", null);
  expect([main(), buttons.get().main]).toEqual([null, null]);
});

test("the arrow leads out of what was opened last", () => {
  const { buttons, back } = app();
  const [record, dialog] = [() => undefined, () => undefined];
  buttons.offerBack("record", record);
  buttons.offerBack("dialog", dialog);
  expect(back()).toBe(dialog);
  buttons.offerBack("dialog", null);
  expect(back()).toBe(record);
  buttons.offerBack("record", null);
  expect(back()).toBeNull();
});
