import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tinyPunctuation } from "../../../tests/support/scribe/tiny-models.ts";
import { openStops, withStops } from "./stops.ts";

const folder = mkdtempSync(join(tmpdir(), "stops-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a model for stops is loaded by the real loader; words, spaces and what has stops already stay as they were", async () => {
  const model = tinyPunctuation(folder, { hot: "。", tea: "，", why: "？" });
  const stops = await openStops(model);
  expect(stops("tea is hot why drink it")).toBe("Tea, is hot. Why? Drink it.");
  expect(stops("чай горячий why пейте его")).toMatch(/^Чай горячий why\? Пейте его\.?$/);
  expect(stops("Tea is hot. Drink it")).toBe("Tea is hot. Drink it");
  expect(stops("")).toBe("");
});

test("of a text that lost or gained words nothing is taken over", () => {
  expect(withStops("tea is hot drink it", "teaishot。drink")).toBe("tea is hot drink it");
  expect(withStops("tea is hot drink it", "teaishot。drinkit")).toBe("Tea is hot. Drink it");
});

test("what is no such model is refused before it is loaded, and named", async () => {
  const file = join(folder, "other.onnx");
  writeFileSync(file, "not a model");
  await expect(openStops(file)).rejects.toThrow(/other\.onnx is no CT-transformer/);
  await expect(openStops(join(folder, "nowhere.onnx"))).rejects.toThrow(/nowhere\.onnx/);
});
