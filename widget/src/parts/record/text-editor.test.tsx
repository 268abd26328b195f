/** @vitest-environment jsdom */
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { I18nextProvider } from "react-i18next";
import { loadCatalogue } from "../../language/i18n.ts";
import { TextEditor } from "./text-editor.tsx";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test("a browser that answers a scroll with a promise takes nothing from whoever closes the editor", async () => {
  vi.spyOn(console, "error");
  const scrolled = vi.fn(() => Promise.resolve());
  Object.assign(Element.prototype, { scrollIntoView: scrolled });
  const catalogue = await loadCatalogue("en");
  const { unmount } = render(
    <I18nextProvider i18n={catalogue}>
      <TextEditor label="Transcript" texts={["Tea."]} onSave={() => Promise.resolve(true)} onClose={() => {}} />
    </I18nextProvider>,
  );
  expect(screen.getByRole("textbox").textContent).toBe("Tea.");
  act(() => unmount());
  Reflect.deleteProperty(Element.prototype, "scrollIntoView");
  expect(scrolled).toHaveBeenCalledOnce();
  expect(console.error).not.toHaveBeenCalled();
});
