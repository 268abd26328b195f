import { z } from "zod";
import { FILE_FORMATS, GRAPH_FORMATS } from "./format-list.ts";

export const FileFormat = z.enum(FILE_FORMATS);
export type FileFormat = z.infer<typeof FileFormat>;

export const GraphFileFormat = z.enum(GRAPH_FORMATS);
export type GraphFileFormat = z.infer<typeof GraphFileFormat>;
