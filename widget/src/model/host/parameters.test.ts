import { expect, test } from "vitest";
import { readParameters } from "./parameters.ts";

const browser = { language: "en-GB" };
const read = (address: string, from = browser) => readParameters(new URL(address), from);

test("parameters stand behind the #, and what the client added in the query", () => {
  const at =
    "https://host/widget/?widgetId=w1&parentUrl=https%3A%2F%2Fapp.example.org%2F#/?userId=%40ann%3Ax&roomId=!r%3Ax&theme=dark&lang=ru";
  expect(read(at)).toEqual({
    widgetId: "w1",
    parentUrl: "https://app.example.org/",
    roomId: "!r:x",
    userId: "@ann:x",
    code: null,
    guest: null,
    telegram: null,
    theme: "dark",
    language: "ru",
  });
});

test("a personal link", () => {
  expect(read("https://host/widget/#code=c0de&roomId=%21r%3Ax&userId=%40ann%3Ax")).toMatchObject({
    code: "c0de",
    roomId: "!r:x",
    userId: "@ann:x",
  });
  expect(read("https://host/widget/?code=c0de").code).toBeNull();
});

test("what the client did not fill in counts as not given", () => {
  const at =
    "https://host/widget/#widgetId=$matrix_widget_id&theme=$org.matrix.msc2873.client_theme&lang=$org.matrix.msc2873.client_language";
  expect(read(at, { language: "ru" })).toMatchObject({ widgetId: null, theme: null, language: "ru" });
});
