import { expect, test } from "vitest";
import { contrast, dressOf } from "./telegram-colours.ts";

const NIGHT = {
  bg_color: "#17212b",
  text_color: "#f5f5f5",
  hint_color: "#708499",
  link_color: "#6ab3f3",
  button_color: "#5288c1",
  button_text_color: "#ffffff",
  secondary_bg_color: "#232e3c",
  section_bg_color: "#17212b",
  accent_text_color: "#6ab2f2",
  subtitle_text_color: "#708499",
};
const DAY = {
  bg_color: "#ffffff",
  text_color: "#000000",
  hint_color: "#707579",
  link_color: "#3390ec",
  button_color: "#3390ec",
  button_text_color: "#ffffff",
  secondary_bg_color: "#f4f4f5",
};

const rgb = (hex: string) =>
  [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as readonly [number, number, number];
const between = (properties: Readonly<Record<string, string>>, words: string, ground: string) =>
  contrast(rgb(properties[words] ?? "#000000"), rgb(properties[ground] ?? "#000000"));

test("the page has Telegram's ground, words and button, and its theme", () => {
  expect(dressOf(NIGHT)).toMatchObject({
    theme: "dark",
    properties: {
      "--cpd-color-bg-canvas-default": "#17212b",
      "--cpd-color-text-primary": "#f5f5f5",
    },
  });
  expect(dressOf(DAY)).toMatchObject({ theme: "light", properties: { "--on-accent": "#ffffff" } });
});

test.each([
  ["night", NIGHT],
  ["day", DAY],
  ["words of the ground's own colour", { ...DAY, text_color: "#fefefe", hint_color: "#fafafa" }],
  ["a yellow button with white words", { ...NIGHT, button_color: "#ffdd00" }],
  ["everything the same", Object.fromEntries(Object.keys(NIGHT).map((name) => [name, "#808080"]))],
  ["no words named", { bg_color: "#0a0a0a" }],
  ["black that names a light field", { ...NIGHT, bg_color: "#000000", secondary_bg_color: "#ffffff" }],
])("words can be read whatever theme somebody made: %s", (_, colours) => {
  const properties = dressOf(colours)?.properties ?? {};
  const words = "--cpd-color-text-primary";
  for (const ground of ["canvas-default", "canvas-default-level-1", "subtle-secondary"])
    expect(between(properties, words, `--cpd-color-bg-${ground}`), ground).toBeGreaterThanOrEqual(4.5);
  if (properties["--accent"])
    expect(between(properties, "--on-accent", "--accent"), "button").toBeGreaterThanOrEqual(4.5);
  if (properties["--accent-text"])
    expect(between(properties, "--accent-text", "--accent-soft"), "accent").toBeGreaterThanOrEqual(4.5);
});

test("a theme that names no ground, or none that can be read, dresses nothing", () => {
  expect(dressOf({ text_color: "#000000" })).toBeNull();
  expect(dressOf({ bg_color: "url(x)" })).toBeNull();
});
