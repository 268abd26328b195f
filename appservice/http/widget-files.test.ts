import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { widgetFiles } from "./widget-files.ts";

async function served() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-widget-"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Mindminder</title>");
  const app = express().use(
    "/widget",
    widgetFiles({
      folder,
      frameAncestors: ["https://app.element.io", "https://chat.example.org"],
      livekitUrl: "wss://livekit.example.org/",
    }),
  );
  const server = app.listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await once(server, "listening");
  return (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
}

test("the widget may be framed by the configured clients alone, and may do and load only what it needs", async () => {
  const ask = await served();
  const { headers } = await ask("/widget/");
  const policy = Object.fromEntries(
    (headers.get("content-security-policy") ?? "")
      .split("; ")
      .map((directive) => [directive.split(" ")[0], directive.split(" ").slice(1).join(" ")]),
  );
  expect(policy["frame-ancestors"]).toBe("'self' https://app.element.io https://chat.example.org");
  expect(policy["default-src"]).toBe("'none'");
  expect(policy["connect-src"]).toBe("'self' wss://livekit.example.org https://livekit.example.org");
  expect(policy).toMatchObject({ "base-uri": "'none'", "form-action": "'none'" });
  expect(policy["script-src"]).not.toMatch(/unsafe|\*|https?:/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("permissions-policy")).toContain("microphone=(self)");
});

test.each([
  "/widget/../package.json",
  "/widget/%2e%2e/%2e%2e/etc/passwd",
  "/widget/..%2f..%2fetc/passwd",
  "/widget/.env",
])("%s is nothing of the widget's", async (path) => {
  const ask = await served();
  expect((await ask(path)).status).toBeGreaterThanOrEqual(400);
});
