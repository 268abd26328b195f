import { describe, expect, test } from "vitest";
import { translateTo } from "../../language/translate.ts";
import { ofKind, trioIn } from "../../../tests/support/circle/of-kind.ts";
import { runningCircle } from "../meeting.ts";

const t = translateTo("en");

describe("an open floor", () => {
  test("says how the word is had, and lasts ten minutes where nothing else is said", () => {
    const play = trioIn({ theme: "talk", kind: "open-floor" });
    expect(ofKind(play, 0).how()).toEqual([t("circle.how-floor")]);
    expect(runningCircle(play.state)?.endsAt).toBe(1_600_000);
  });
});
