import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { renderAsync } from "@resvg/resvg-js";

const FONTS = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/inter/package.json"));
const FILES = ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf", "700Bold/Inter_700Bold.ttf"].map(
  (file) => join(FONTS, file),
);

/**
 * Renders a picture as PNG. The machine's fonts lend letters that Inter lacks. To be asked of `elsewhere`: it may take
 * long.
 */
export async function asPng(
  svg: string,
): Promise<{ readonly bytes: Uint8Array; readonly width: number; readonly height: number }> {
  const image = await renderAsync(svg, {
    font: { fontFiles: FILES, loadSystemFonts: true, defaultFontFamily: "Inter", sansSerifFamily: "Inter" },
  });
  return { bytes: image.asPng(), width: image.width, height: image.height };
}
