import type { FileFormat } from "@mindminder/protocol/file-formats.ts";
import { FORMAT_LIST } from "@mindminder/protocol/format-list.ts";
import type { TFunction } from "i18next";

/** Name of a format on its button. */
export function formatName(format: FileFormat, t: TFunction): string {
  const { name } = FORMAT_LIST[format];
  return typeof name === "string" ? name : t(name.key);
}
