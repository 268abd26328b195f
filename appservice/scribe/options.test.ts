import { expect, test } from "vitest";
import { missingFiles, ScribeOptions, withAbsolutePaths } from "./options.ts";

test("everything has a default and a description", () => {
  const options = ScribeOptions.parse({});
  expect(options.engine).toBe("sherpa");
  const undescribed: string[] = [];
  const look = (schema: typeof ScribeOptions, path: string) => {
    for (const [key, value] of Object.entries(schema.shape)) if (!value.description) undescribed.push(`${path}${key}`);
  };
  look(ScribeOptions, "");
  look(ScribeOptions.shape.sherpa.unwrap() as unknown as typeof ScribeOptions, "sherpa.");
  look(ScribeOptions.shape.moonshine.unwrap() as unknown as typeof ScribeOptions, "moonshine.");
  look(ScribeOptions.shape.openai.unwrap() as unknown as typeof ScribeOptions, "openai.");
  expect(undescribed).toEqual([]);
});

test("paths count from the configuration's folder", () => {
  const { sherpa, voiceActivityModel } = withAbsolutePaths(
    ScribeOptions.parse({ sherpa: { modelFolder: "/opt/whisper" } }),
    "/etc/mindminder",
  );
  expect(sherpa.modelFolder).toBe("/opt/whisper");
  expect(voiceActivityModel).toBe("/etc/mindminder/models/silero_vad_v5.onnx");
});

test("what is missing is named by its key; what is switched off misses nothing", () => {
  const options = withAbsolutePaths(ScribeOptions.parse({}), "/nowhere");
  expect(new Set(missingFiles(options).map(({ key }) => key))).toEqual(
    new Set(["voiceActivityModel", "sherpa.modelFolder"]),
  );
  expect(missingFiles({ ...options, engine: "openai" }).map(({ key }) => key)).toEqual(["voiceActivityModel"]);
  expect(missingFiles({ ...options, engine: "off" })).toEqual([]);
  expect(missingFiles({ ...options, engine: "openai", captions: "moonshine" }).map(({ path }) => path)).toContain(
    "/nowhere/models/moonshine-tiny-en/tokens.txt",
  );
});

test.each([
  [true, "same"],
  [false, "off"],
  ["moonshine", "moonshine"],
  [undefined, "same"],
])("captions: %j is %s", (written, meant) => {
  expect(ScribeOptions.parse(written === undefined ? {} : { captions: written }).captions).toBe(meant);
});

test("any other captions are refused with what there is", () => {
  expect(ScribeOptions.safeParse({ captions: "fast" }).error?.message).toMatch(/same.*moonshine.*off/s);
});
