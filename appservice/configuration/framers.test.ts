import { expect, test } from "vitest";
import { LimitOptions } from "../http/limits.ts";
import { TelegramOptions } from "../telegram/options.ts";
import { framers } from "./framers.ts";

const telegram = TelegramOptions.parse({ bot: "circle_bot", app: "circle", tokenFile: "token" });
const from = (...frameAncestors: string[]) => ({
  publicUrl: "https://circle.example.org",
  bind: "127.0.0.1",
  port: 29_330,
  frameAncestors,
  trustedProxies: [],
  limits: LimitOptions.parse({}),
});

test("Telegram's page for browsers may show the widget where people come from there, and only then", () => {
  const element = "https://app.element.io";
  expect(framers({ service: from(element) })).toEqual([element]);
  expect(framers({ service: from(element), telegram })).toEqual([element, "https://web.telegram.org"]);
  expect(framers({ service: from("https://web.telegram.org"), telegram })).toEqual(["https://web.telegram.org"]);
});
