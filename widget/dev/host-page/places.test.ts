import { expect, test } from "vitest";
import { shownWhere } from "./places.ts";

test.each([
  [{ room: "circle", place: "top", staysOnScreen: false }, "top"],
  [{ room: "circle", place: "maximised", staysOnScreen: true }, "maximised"],
  [{ room: "circle", place: "panel", staysOnScreen: true }, "panel"],
  [{ room: "circle", place: "minimised", staysOnScreen: true }, "picture"],
  [{ room: "other", place: "maximised", staysOnScreen: true }, "picture"],
  [{ room: "circle", place: "minimised", staysOnScreen: false }, "gone"],
  [{ room: "other", place: "top", staysOnScreen: false }, "gone"],
] as const)("%o is shown as %s", (view, shown) => {
  expect(shownWhere(view)).toBe(shown);
});
