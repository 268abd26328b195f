import { expect, test } from "vitest";
import { Config } from "./config.ts";
import { shardProblems } from "./shard-problems.ts";

const TELEGRAM = { token: "7000000000:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0", bot: "CircleBot", app: "circle" };

/** Keys that are wrong about a service with a bot in Telegram. */
function wrong(shard: object | undefined, webhook: boolean): string[] {
  const service = Config.shape.service.parse({ publicUrl: "https://circle.example.org", shard });
  const telegram = Config.shape.telegram.parse({ ...TELEGRAM, webhook });
  return shardProblems({ service, telegram }, "config.yaml").map(({ key }) => key);
}

test("Telegram brings what happens to shards, by a router that they know; a service alone may ask for it", () => {
  const shard = { name: "one", table: "shards.yaml" };
  expect(wrong(undefined, false)).toEqual([]);
  expect(wrong(shard, false)).toEqual(["telegram.webhook", "service.shard.router"]);
  expect(wrong({ ...shard, router: "http://10.0.0.9:29329" }, true)).toEqual([]);
});
