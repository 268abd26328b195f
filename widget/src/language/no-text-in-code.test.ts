import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAst } from "vite";
import { expect, test } from "vitest";

const SOURCE = join(import.meta.dirname, "../..");
/** The catalogues are for text; the gallery is for those who work on the widget, and is not shipped. */
const ELSEWHERE = /^(src\/language|dev\/gallery)\//;
const CODE = /^(src|dev)\/.*\.tsx$/;

/** Attributes and properties whose value a person sees or hears as it is written. */
const SPOKEN = new Set([
  "title",
  "alt",
  "placeholder",
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
  "label",
  "summary",
]);

type Node = { readonly type: string; readonly [key: string]: unknown };

test("no text for people stands in the code", () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter(
    (file) => CODE.test(file) && !file.endsWith(".test.tsx") && !ELSEWHERE.test(file),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(
    files.flatMap((file) =>
      textsIn(readFileSync(join(SOURCE, file), "utf8")).map(
        (text) => `${relative(SOURCE, join(SOURCE, file))}: ${text}`,
      ),
    ),
  ).toEqual([]);
});

test("text in code would be found", () => {
  expect(
    textsIn(
      '<p title="Hi">Hello <b>{"world"}</b>{`two ${x}`}{t("x")} · {n > 1 ? "many" : "few"}<i className="icon" /></p>',
    ),
  ).toEqual(["Hi", "Hello", "world", "two", "many", "few"]);
});

function textsIn(code: string): string[] {
  const found: string[] = [];
  const take = (text: unknown) => {
    if (typeof text === "string" && /\p{L}/u.test(text)) found.push(text.trim());
  };
  visit(parseAst(code, { lang: "tsx" }) as unknown as Node);
  return found;

  function visit(node: Node): void {
    if (node.type === "JSXText") return take(node["value"]);
    if (node.type === "JSXAttribute") {
      const { name } = node["name"] as { name: string };
      const value = node["value"] as Node | null;
      if (SPOKEN.has(String(name)) && value) takeShown(value);
      else if (value) visit(value);
      return;
    }
    if (node.type === "JSXElement" || node.type === "JSXFragment") {
      visitAll(node["openingElement"]);
      for (const child of node["children"] as Node[])
        child.type === "JSXExpressionContainer" ? takeShown(child) : visit(child);
      return;
    }
    for (const value of Object.values(node)) visitAll(value);
  }

  /** Takes texts from an expression whose value is shown: a literal is a text, a literal inside a call is not. */
  function takeShown(node: Node): void {
    switch (node.type) {
      case "Literal":
        return take(node["value"]);
      case "TemplateLiteral":
        return (node["quasis"] as { value: { cooked: string } }[]).forEach(({ value }) => take(value.cooked));
      case "JSXExpressionContainer":
        return takeShown(node["expression"] as Node);
      case "ConditionalExpression":
        return [node["consequent"], node["alternate"]].forEach((one) => takeShown(one as Node));
      case "LogicalExpression":
        return [node["left"], node["right"]].forEach((one) => takeShown(one as Node));
      default:
        visit(node);
    }
  }

  function visitAll(value: unknown): void {
    if (Array.isArray(value)) value.forEach(visitAll);
    else if (typeof value === "object" && value !== null && "type" in value) visit(value as Node);
  }
}
