import { expect, test } from "vitest";
import { tokensOf } from "./moonshine.ts";

test("tokens become lines of base64, with a space for what stands for one, whatever their length", () => {
  const long = "x".repeat(200);
  const tokenizer = Buffer.concat([
    Buffer.of(4),
    Buffer.from("▁a"),
    Buffer.of(1, 0xff),
    Buffer.of(0),
    Buffer.of((200 % 128) + 128, 1),
    Buffer.from(long),
  ]);
  const tokens = tokensOf(tokenizer)
    .trim()
    .split("\n")
    .map((line) => [Buffer.from(line.split(" ")[0] ?? "", "base64").toString("latin1"), line.split(" ")[1]]);
  expect(tokens).toEqual([
    [" a", "0"],
    ["\xff", "1"],
    ["<none>", "2"],
    [long, "3"],
  ]);
});
