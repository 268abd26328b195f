import { expect, test } from "vitest";
import { shortened } from "./shortened.ts";

test.each([
  ["what is short enough stays as it is", "чай", 3, "чай"],
  ["what is longer ends with an ellipsis, and is as long as allowed", "горячий чай", 5, "горя…"],
  ["an emoji counts as one letter", "🫖🫖🫖", 3, "🫖🫖🫖"],
  ["an emoji at the edge is kept or left out, never cut in two", "🫖🫖🫖🫖", 3, "🫖🫖…"],
  ["no blank stands before the ellipsis", "hot tea", 5, "hot…"],
])("%s", (_what, text, most, expected) => {
  expect(shortened(text, most)).toBe(expected);
});
