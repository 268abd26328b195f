import { expect, test } from "vitest";
import { browserTheme, themeNamed } from "./theme.ts";

test("whatever a client calls its theme is one of ours", () => {
  const names = [
    "light",
    "dark",
    "light-high-contrast",
    "dark-high-contrast",
    "custom-Nord dark theme",
    "legacy-dark",
    "custom-Sepia",
    "",
    null,
  ];
  expect(names.map(themeNamed)).toEqual([
    "light",
    "dark",
    "light-high-contrast",
    "dark-high-contrast",
    "dark",
    "dark",
    "light",
    null,
    null,
  ]);
});

test("without a client the browser's own wishes count", () => {
  expect(browserTheme(() => false)).toBe("light");
  expect(browserTheme((query) => query.includes("dark"))).toBe("dark");
  expect(browserTheme(() => true)).toBe("dark-high-contrast");
});
