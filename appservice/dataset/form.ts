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
  readonly begin: (files: DatasetFiles, splits: readonly Split[]) => void;
  readonly row: (files: DatasetFiles, row: SpeechRow) => void;
};

/** Folder of a split's sound. */
export const soundPath = (split: Split, id: string): string => `asr/${split}/audio/${id}.flac`;

/** Name of a split where others say "dev". */
export const devName = (split: Split): string => (split === "validation" ? "dev" : split);
