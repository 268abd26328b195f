import { expect, test } from "vitest";
import { decodeG722 } from "./g722.ts";

/** A tone of 440 Hz, a quarter as loud as can be, as FFmpeg encodes it. */
const TONE =
  "+pgukCOToKDg4OLscfb+2NPR0dHT19379vLv7vBxtLm+mdXT1JTV2N389fLx8O90tbqe29iT1dXW2t/69/Tw73Kyt7z93JbVU9WW2dy/+fLy8O5z9vj83ZjU0tSU197/u/Xx77Jxs/r73NfZ09bVltye+fXy8q/08PX73NrX19XTmtnd+vjy8e91r7y0/dqY1NLYk97c3va08e/18PH8+V2VmNKW2JTa+b1ztfDu83nz3P6a19bVlNb+mfj08vXtc/e3/f2c09vU0dud2fn2uOzw8vTz3fje1dXW1ZjW//768/Xv9XC0uL7a2pjQ1dmX+9v29rN2rvqz/v9f3dLbl9mY3N/y+3Tv+7L1/bx/1Jff1JRd3fu6d/excPT4+tv4mFKc1dv42/t3+a/6tvb63f/W3tjS/9u7/vn07v/w9t54npWe";

test("a tone comes out as it went in, but for the time that the filters take", () => {
  const sound = decodeG722(Buffer.from(TONE, "base64"));
  expect(sound).toHaveLength(648);
  const tone = (at: number) => (8_000 / 32_768) * Math.sin((at * 2 * Math.PI * 440) / 16_000);
  const noiseAt = (delay: number) =>
    Math.sqrt([...sound.slice(200)].reduce((sum, sample, at) => sum + (sample - tone(at + 200 - delay)) ** 2, 0) / 448);
  expect(Math.min(...Array.from({ length: 36 }, (_, delay) => noiseAt(delay)))).toBeLessThan(0.01);
});
