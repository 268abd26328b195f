import type { SpeechRow, Split } from "./rows.ts";

/** Files of a set while they are written, on this machine; a path is one within the set. */
export type DatasetFiles = {
  /** Adds text at the end of a file, which need not be there. */
  readonly add: (path: string, text: string) => void;
  /** The same of a file that is packed by gzip. */
  readonly addPacked: (path: string, text: string) => void;
};

/** A form in which speech is written. It is given the rows of a meeting after another's. */
export type SpeechForm = {
  readonly name: string;
  /** Says in a line of the card how it is read. */
  readonly about: string;
  readonly begin: (files: DatasetFiles, split: Split) => void;
  readonly row: (files: DatasetFiles, row: SpeechRow) => void;
};

/** Folder of a split's sound. */
export const soundPath = (split: Split, id: string): string => `asr/${split}/audio/${id}.flac`;

/** Name of a split where others say "dev". */
export const devName = (split: Split): string => (split === "validation" ? "dev" : split);

/**
 * Writes a line of JSON with the seconds in it, always with a point: readers that guess types by what they see would
 * take a file of whole seconds for one of whole numbers, and refuse it beside the others.
 */
export function lineWithSeconds(before: object, duration: number, after: object): string {
  const seconds = Number.isInteger(duration) ? `${duration}.0` : String(duration);
  return `${JSON.stringify(before).slice(0, -1)},"duration":${seconds},${JSON.stringify(after).slice(1)}\n`;
}
