// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { WidgetPermissions } from "./permissions.ts";

beforeEach(() => localStorage.clear());

const open = () => new WidgetPermissions("late", "@ann:x");
const REMEMBERED = { yes: true, remember: true };

test("one question stands until it is answered, and the next waits for it", async () => {
  const permissions = open();
  const first = permissions.mayLoad();
  const second = permissions.mayKnowIdentity();
  await Promise.resolve();
  expect(permissions.get().question).toEqual({ about: "load" });
  permissions.answer({ yes: true, remember: false });
  expect(await first).toBe(true);
  expect(permissions.get().question).toEqual({ about: "identity" });
  permissions.answer({ yes: false, remember: false });
  expect(await second).toBe(false);
});

test("what is remembered is not asked again", async () => {
  const permissions = open();
  const allowed = permissions.capabilities(new Set(["a", "b"]));
  await Promise.resolve();
  permissions.answer(REMEMBERED);
  expect(await allowed).toEqual(new Set(["a", "b"]));
  expect(await open().capabilities(new Set(["a", "b"]))).toEqual(new Set(["a", "b"]));
});

test("of two requests the last one's list alone is remembered, as Element does", async () => {
  for (const capability of ["a", "b"]) {
    const permissions = open();
    const allowed = permissions.capabilities(new Set([capability]));
    await Promise.resolve();
    permissions.answer(REMEMBERED);
    await allowed;
  }
  const later = open();
  void later.capabilities(new Set(["a"]));
  await Promise.resolve();
  expect(later.get().question).toEqual({ about: "capabilities", capabilities: ["a"] });
});

test("a page that refuses lets the widget load and know its person, and allows it nothing", async () => {
  const permissions = new WidgetPermissions("refuse", "@ann:x");
  expect([
    await permissions.mayLoad(),
    await permissions.mayKnowIdentity(),
    await permissions.capabilities(new Set(["a"])),
  ]).toEqual([true, true, new Set()]);
});
